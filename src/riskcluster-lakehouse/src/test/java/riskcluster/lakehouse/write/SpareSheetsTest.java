package riskcluster.lakehouse.write;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.Warehouse;

/** Memory of columns is kept as long as it is used, and no longer. */
class SpareSheetsTest {

    private final SpareSheets spare = new SpareSheets();

    @TempDir
    Path folder;

    private TableLayout<RejectedRows> layout;

    @BeforeEach
    void layout() {
        layout = new TableLayout<>(Tables.BRONZE_REJECTED, Warehouse.local(folder), RejectedRows::new);
    }

    @Test
    void theNextFileGetsTheColumnsOfTheLast() {
        var sheet = layout.sheet();
        spare.keep(layout, sheet);
        spare.checkpointEnded();

        assertThat(spare.take(layout)).isSameAs(sheet);
    }

    @Test
    void noMoreThanTwoAreKept() {
        var first = layout.sheet();
        var second = layout.sheet();
        var third = layout.sheet();
        spare.keep(layout, first);
        spare.keep(layout, second);
        spare.keep(layout, third);

        assertThat(spare.take(layout)).isSameAs(second);
        assertThat(spare.take(layout)).isSameAs(first);
        assertThat(spare.take(layout)).isNotSameAs(third);
    }

    @Test
    void whatManyCheckpointsHadNoUseForIsLetGo() {
        var first = layout.sheet();
        var second = layout.sheet();
        spare.keep(layout, first);
        spare.keep(layout, second);
        pass(SpareSheets.CHECKPOINTS_A_LOOK, 0);

        pass(SpareSheets.CHECKPOINTS_A_LOOK, 0);

        assertThat(spare.take(layout)).isSameAs(second);
        assertThat(spare.take(layout)).isNotSameAs(first);
    }

    @Test
    void oneCheckpointWithoutUseForThemLetsNothingGo() {
        var first = layout.sheet();
        var second = layout.sheet();
        spare.keep(layout, first);
        spare.keep(layout, second);

        pass(SpareSheets.CHECKPOINTS_A_LOOK - 1, 0);

        assertThat(spare.take(layout)).isSameAs(second);
        assertThat(spare.take(layout)).isSameAs(first);
    }

    @Test
    void columnsThatGrewInACatchUpAreKeptWhereADayEndsAndNotForFewRows() {
        var sheet = layout.sheet();
        fill(sheet, 10_000);
        spare.keep(layout, sheet);

        pass(SpareSheets.CHECKPOINTS_A_LOOK, 100);
        assertThat(spare.take(layout)).as("the large file was of this period").isSameAs(sheet);

        spare.keep(layout, sheet);
        pass(SpareSheets.CHECKPOINTS_A_LOOK, 100);
        assertThat(spare.take(layout)).isNotSameAs(sheet);
    }

    /** Checkpoints of one file each, of so many rows. */
    private void pass(int checkpoints, int rows) {
        for (int i = 0; i < checkpoints; i++) {
            var sheet = spare.take(layout);
            fill(sheet, rows);
            spare.keep(layout, sheet);
            spare.checkpointEnded();
        }
    }

    private static void fill(Sheet<RejectedRows> sheet, int rows) {
        for (int i = 0; i < rows; i++) {
            sheet.columns().beginRow();
            sheet.columns().endRow();
        }
        sheet.columns().clear();
    }
}
