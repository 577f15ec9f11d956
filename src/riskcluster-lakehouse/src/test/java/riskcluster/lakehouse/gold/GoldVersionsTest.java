package riskcluster.lakehouse.gold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.decision.CustomerAt;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogPartition;

/**
 * Gold's own bytes, which partitions of one build leave in checkpoints and rows for a committer of another: what a program
 * left is read for ever, and what is written today is what the program before it reads.
 */
class GoldVersionsTest {

    private static final Path FOLDER = Path.of("src/test/resources/riskcluster/lakehouse/gold");
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));
    private static final LogPartition SOURCE = new LogPartition("transactions", 0);
    private static final int RECORDS = 40;

    @Test
    void partialsOfAnOlderProgramAreFoldedAsTodaysAre() throws IOException {
        var older = BatchFold.of(List.of(golden("partials-v1", partials())));
        var today = BatchFold.of(List.of(partials()));
        assertThat(older.gains(WindowedTable.USER_1H))
                .as("the first version has no customers' keys")
                .isEmpty();
        for (WindowedTable table : WindowedTable.values()) {
            if (table == WindowedTable.USER_1H) {
                continue;
            }
            var gains = older.gains(table);
            assertThat(gains)
                    .extracting(Gain::key)
                    .isNotEmpty()
                    .isEqualTo(today.gains(table).stream().map(Gain::key).toList());
            assertThat(states(table, gains)).isEqualTo(states(table, today.gains(table)));
        }
    }

    @Test
    void partialsOfTodayAreWrittenAsTheyWere() throws IOException {
        assertThat(partials()).isEqualTo(golden("partials-v2", partials()));
    }

    @Test
    void partialsWithAStarAreWrittenAsTheyWereAndFoldedAsThoseWithoutOne() throws IOException {
        byte[] star = partials(true);
        assertThat(star).isEqualTo(golden("partials-v3", star));
        var fold = BatchFold.of(List.of(star));
        for (WindowedTable table : WindowedTable.values()) {
            assertThat(states(table, fold.gains(table)))
                    .isEqualTo(states(table, BatchFold.of(List.of(partials())).gains(table)));
        }
        assertThat(fold.pointed().of(Dimension.COUNTRY).values())
                .containsExactlyInAnyOrder(Optional.empty(), Optional.of("VN"), Optional.of("DE"), Optional.of("US"));
        assertThat(fold.pointed().of(Dimension.DATE)).containsOnlyKeys(20180331L, 20180401L);
        assertThat(fold.pointed().of(Dimension.DEVICE)).hasSizeGreaterThan(30);
        assertThat(BatchFold.of(List.of(partials())).pointed().of(Dimension.DATE))
                .isEmpty();
    }

    @Test
    void partialsOfANewerProgramAreRefusedWithWhatToDo() throws IOException {
        byte[] newer = golden("partials-v2", partials());
        newer[0] = 4;
        assertThatThrownBy(() -> BatchFold.of(List.of(newer)))
                .hasMessageContaining("version 4, known: up to 3")
                .hasMessageContaining("commit it with the program that sealed it");
    }

    @Test
    void theStateOfARowIsReadAndWrittenAsItWas() throws IOException {
        byte[] few = golden("row-state-few", state(3));
        byte[] many = golden("row-state-many", state(2_000));

        assertThat(state(3)).isEqualTo(few);
        assertThat(state(2_000)).isEqualTo(many);
        assertThat(read(few).users().count()).isEqualTo(3);
        assertThat(read(few).paymentMethods().count(0)).isEqualTo(2);
        assertThat(read(many).users().isExact()).isFalse();
        assertThat(read(many).state(sink())).isEqualTo(many);
    }

    private static GoldRow read(byte[] state) {
        return GoldRow.of(new RowKey(0, "m1", "USD"), new long[Measures.COUNT], ByteBuffer.wrap(state));
    }

    private static byte[] state(int users) {
        var distinct = Distinct.NONE.plus(
                LongStream.range(0, users).map(IdHash::mix).sorted().toArray());
        return new GoldRow(
                        new RowKey(0, "m1", "USD"),
                        new long[Measures.COUNT],
                        distinct,
                        Distinct.NONE,
                        Distinct.NONE,
                        Split.of("card", 2).plus(Split.of("crypto", 1)))
                .state(sink());
    }

    private static List<String> states(WindowedTable table, List<Gain> gains) {
        return gains.stream()
                .map(gain -> gain.onto(table, GoldRow.empty(gain.key())))
                .map(row -> Arrays.toString(row.sums()) + " " + HexFormat.of().formatHex(row.state(sink())))
                .toList();
    }

    private static ByteSink sink() {
        return new ByteSink(64);
    }

    private static byte[] partials() {
        return partials(false);
    }

    private static byte[] partials(boolean star) {
        var decisions = new RandomDecisions(1);
        var records = new ArrayList<Judged>();
        for (int offset = 0; offset < RECORDS; offset++) {
            var judged = decisions.next(SOURCE, offset);
            records.add(star ? judged.of(new CustomerAt(offset, Optional.empty())) : judged);
        }
        var partials = new GoldPartials();
        partials.add(records);
        return partials.take();
    }

    /** Written with {@code -Dgolden=write} where it is not there yet, and never again. */
    private static byte[] golden(String name, byte[] first) throws IOException {
        var file = FOLDER.resolve(name + ".hex");
        if (WRITE && !Files.exists(file)) {
            Files.writeString(file, HexFormat.of().formatHex(first) + "\n", StandardCharsets.US_ASCII);
        }
        return HexFormat.of()
                .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }
}
