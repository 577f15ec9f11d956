package riskcluster.lakehouse.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.lake.HistoryReader;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;

class LakeHistoryTest {

    private static final LogPartition SOURCE = Samples.SOURCE;
    private static final int CHECKPOINTS = 4;
    private static final int RECORDS_OF_EACH = 50;
    private static final long END = CHECKPOINTS * RECORDS_OF_EACH;

    @TempDir
    private Path folder;

    private final List<LogRecord> written = new ArrayList<>();
    private TestLake lake;

    @BeforeEach
    void write() {
        lake = new TestLake(folder);
        for (int i = 0; i < CHECKPOINTS; i++) {
            long from = (long) i * RECORDS_OF_EACH;
            var records = LongStream.range(from, from + RECORDS_OF_EACH)
                    .filter(offset -> offset % 11 != 5) // as control records leave gaps
                    .mapToObj(LakeHistoryTest::judged)
                    .toList();
            records.forEach(judged -> written.add(judged.record()));
            lake.seal(SOURCE, records);
            lake.seal(0, RECORDS_OF_EACH); // another partition's records with the same offsets
        }
        lake.committer().commitOnce();
    }

    @AfterEach
    void close() {
        lake.close();
    }

    /** Days jump, so that neighbours in the log lie in different files. */
    private static Judged judged(long offset) {
        long micros = Samples.DAY_ZERO_MICROS + offset % 3 * Samples.DAY_MICROS + offset;
        if (offset % 7 == 0) {
            return Samples.rejected(SOURCE, offset, micros);
        }
        return offset % 5 == 0 ? Samples.duplicate(SOURCE, offset, micros) : Samples.decided(SOURCE, offset, micros);
    }

    private static List<HistoryReader.Stretch> stretches(HistoryReader reader) {
        var stretches = new ArrayList<HistoryReader.Stretch>();
        try (reader) {
            for (var next = reader.next(); next.isPresent(); next = reader.next()) {
                stretches.add(next.get());
            }
        }
        return stretches;
    }

    private void assertAreThoseOf(long from, long to, List<HistoryReader.Stretch> stretches) {
        long position = from;
        var read = new ArrayList<LogRecord>();
        for (var stretch : stretches) {
            assertThat(stretch.from()).isEqualTo(position);
            position = stretch.to();
            read.addAll(stretch.records());
        }
        assertThat(position).isEqualTo(to);
        var expected = written.stream()
                .filter(record -> record.offset() >= from && record.offset() < to)
                .toList();
        assertThat(read).usingRecursiveComparison().isEqualTo(expected);
    }

    @Test
    void theRecordsComeBackByteForByteInTheLogsOrder() {
        var history = new LakeHistory(lake.database, lake.catalog);
        assertThat(history.end(SOURCE)).isEqualTo(END);
        assertThat(history.sealed(SOURCE)).isEqualTo(END);
        assertAreThoseOf(0, END, stretches(history.open(SOURCE, 0, END)));
        assertAreThoseOf(17, 133, stretches(history.open(SOURCE, 17, 133)));
    }

    @Test
    void memoryIsBoundedByReadingInPasses() {
        var batch = PinnedBatch.newest(lake.database, lake.catalog);
        var reader = new HistoryScan(
                SOURCE, 0, END, 20_000, batch.table(Tables.BRONZE_TRANSACTIONS), batch.table(Tables.BRONZE_REJECTED));
        var stretches = stretches(reader);
        assertThat(stretches).hasSizeGreaterThan(5);
        assertAreThoseOf(0, END, stretches);
    }

    @Test
    void whatIsNotCommittedIsNotPromised() {
        lake.seal(SOURCE, List.of(judged(END)));
        var history = new LakeHistory(lake.database, lake.catalog);
        assertThat(history.end(SOURCE)).isEqualTo(END);
        assertThat(history.sealed(SOURCE)).isEqualTo(END + 1);
        assertThatThrownBy(() -> history.open(SOURCE, 0, END + 1)).hasMessageContaining("up to " + END);
        assertThat(history.end(new LogPartition("transactions", 9))).isZero();
    }
}
