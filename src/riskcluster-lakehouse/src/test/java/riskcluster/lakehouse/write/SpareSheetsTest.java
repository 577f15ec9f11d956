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
    void whatAWholeCheckpointHadNoUseForIsLetGo() {
        var first = layout.sheet();
        var second = layout.sheet();
        spare.keep(layout, first);
        spare.keep(layout, second);
        spare.checkpointEnded();

        spare.keep(layout, spare.take(layout));
        spare.checkpointEnded();

        assertThat(spare.take(layout)).isSameAs(second);
        assertThat(spare.take(layout)).isNotSameAs(first);
    }

    @Test
    void columnsThatGrewInACatchUpAreNotKeptForFewRows() {
        var sheet = layout.sheet();
        fill(sheet, 10_000);
        spare.keep(layout, sheet);
        assertThat(spare.take(layout)).isSameAs(sheet);

        fill(sheet, 100);
        spare.keep(layout, sheet);
        assertThat(spare.take(layout)).isNotSameAs(sheet);
    }

    private static void fill(Sheet<RejectedRows> sheet, int rows) {
        for (int i = 0; i < rows; i++) {
            sheet.columns().beginRow();
            sheet.columns().endRow();
        }
        sheet.columns().clear();
    }
}
