package riskcluster.lakehouse.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.read.BatchChoice.Choice;

class BatchChoiceTest {

    @TempDir
    private static Path folder;

    private static TestLake lake;

    @BeforeAll
    static void commitThreeBatches() {
        lake = new TestLake(folder);
        for (int batch = 1; batch <= 3; batch++) {
            lake.seal(0, 5);
            lake.committer().commitOnce();
        }
    }

    @AfterAll
    static void close() {
        lake.close();
    }

    private Choice find(String text) {
        return BatchChoice.find(lake.database, lake.catalog, text);
    }

    private String whyNot(String text) {
        return switch (find(text)) {
            case Choice.Unknown(var why) -> why;
            case Choice.Found(var id) -> throw new AssertionError(text + " is batch " + id);
        };
    }

    @Test
    void aBatchIsFoundByItsNumber() {
        assertThat(find("2")).isEqualTo(new Choice.Found(2));
    }

    @Test
    void aBatchIsFoundByASnapshotOfAnyTable() {
        var second = PinnedBatch.at(lake.database, lake.catalog, 2).orElseThrow();
        long snapshot = Objects.requireNonNull(
                second.table(Tables.SILVER_TRANSACTIONS).statistics().snapshot());
        assertThat(find(Long.toString(snapshot))).isEqualTo(new Choice.Found(2));
    }

    @Test
    void aTimeStandsForTheNewestBatchThatWasVisibleThen() {
        var committed = new Transactions(lake.database).atOneMoment("list the batches", BatchTable::all);
        var second = committed.get(1).at();
        assertThat(find(second.toString())).isEqualTo(new Choice.Found(2));
        assertThat(find(second.minusNanos(1_000).toString())).isEqualTo(new Choice.Found(1));
        assertThat(find(second.plus(Duration.ofDays(400)).toString())).isEqualTo(new Choice.Found(3));
        assertThat(find("2999-12-31")).isEqualTo(new Choice.Found(3));
        assertThat(whyNot("1999-12-31")).contains("as old as 1999-12-31");
    }

    @Test
    void whatIsNoBatchNamesThoseThereAre() {
        assertThat(whyNot("17")).contains("called 17", "3 batches from 1 (", ") to 3 (", "nearest 3", "no tags");
        assertThat(whyNot("day-2018-04-01")).contains("called day-2018-04-01", "3 batches from 1 (");
        assertThat(whyNot("99999999999999999999")).contains("called 9999");
    }
}
