package riskcluster.lakehouse.gold;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.decision.Anomaly;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.Samples;
import riskcluster.lakehouse.TestLake;

class AnomalyTableTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);

    /** More than may be open at once. */
    private static final int DAYS = 70;

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder, true);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    /** A partition that slept closes its windows long after; their days are others than their records'. */
    @Test
    void anAnomalyIsARowOfItsWindowsDayUnderTheRecordThatClosedIt() {
        for (int day = 0; day < DAYS; day++) {
            long micros = Samples.DAY_ZERO_MICROS + day * Samples.DAY_MICROS;
            lake.seal(
                    SOURCE,
                    List.of(Samples.decided(SOURCE, day, micros + 2 * Samples.DAY_MICROS)
                            .closing(List.of(anomaly(5, micros), anomaly(60, micros - 60_000_000)))));
        }
        lake.seal(SOURCE, List.of(Samples.decided(SOURCE, DAYS, Samples.DAY_ZERO_MICROS)));
        lake.committer().commitOnce();

        var rows = rows();

        assertThat(rows).hasSize(2 * DAYS);
        assertThat(rows)
                .extracting(row -> row.getField("source_offset") + " " + row.getField("anomaly_id"))
                .doesNotHaveDuplicates();
        assertThat(rows.stream().filter(row -> row.getField("source_offset").equals(3L)))
                .extracting(Record::toString)
                .containsExactlyInAnyOrder(
                        "Record(k1:c/5s/1522800000000000, k1:c, 5, 2018-04-04T00:00Z, 2018-04-04T00:00:05Z, 9, 12, 1.5,"
                                + " 0.25, 7.5, transactions, 0, 3)",
                        "Record(k1:c/60s/1522799940000000, k1:c, 60, 2018-04-03T23:59Z, 2018-04-04T00:00Z, 9, 12, 1.5,"
                                + " 0.25, 7.5, transactions, 0, 3)");
    }

    @Test
    void manyDaysAtOnceGoIntoOneCheckpoint() {
        var many = new ArrayList<Anomaly>();
        for (int day = 0; day < DAYS; day++) {
            many.add(anomaly(5, Samples.DAY_ZERO_MICROS + day * Samples.DAY_MICROS));
        }
        lake.seal(
                SOURCE,
                List.of(Samples.decided(SOURCE, 0, Samples.DAY_ZERO_MICROS + DAYS * Samples.DAY_MICROS)
                        .closing(many)));
        lake.committer().commitOnce();
        assertThat(rows())
                .extracting(row -> row.getField("anomaly_id"))
                .hasSize(DAYS)
                .doesNotHaveDuplicates();
    }

    private static Anomaly anomaly(int seconds, long micros) {
        return new Anomaly("c", "k1:c", seconds, micros, 9, 12, 1.5, 0.25);
    }

    private List<Record> rows() {
        var rows = new ArrayList<Record>();
        try (var records =
                IcebergGenerics.read(lake.table(Tables.GOLD_ANOMALIES)).build()) {
            records.forEach(row -> rows.add(row.copy()));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return rows;
    }
}
