package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.TestLake;
import riskcluster.lakehouse.commit.DeferredDeletions;
import riskcluster.lakehouse.ledger.Fence;
import riskcluster.lakehouse.ledger.Transactions;

class OrphanSweepTest {

    private static final Duration LATER = Duration.ofDays(4);

    @TempDir
    private Path folder;

    private TestLake lake;

    @BeforeEach
    void open() {
        lake = new TestLake(folder);
    }

    @AfterEach
    void close() {
        lake.close();
    }

    @Test
    void exactlyTheOrphansGoAndOnlyAfterTheirGrace() throws IOException {
        // Given
        aLakeWhoseWritersAreDead();
        List<Path> stay = List.of(
                data("transactions-5-e1-0123456789abcdef-0.parquet"),
                data("transactions-5-e9-0123456789abcdef-0.parquet"),
                data("transactions-7-e1-0123456789abcdef-0.parquet"),
                young(data("transactions-6-e1-00000000000000aa-0.parquet")),
                data("maintenance-e2-0123456789abcdef-0.parquet"),
                data("00000-1-spark-0001.parquet"),
                metadata("committer-e2-0d4e1c7a-m0.avro"),
                metadata("00009-c-e2-0d4e1c7a.metadata.json"));
        List<Path> go = List.of(
                data("transactions-6-e1-0123456789abcdef-0.parquet"),
                data("maintenance-e1-0123456789abcdef-7.parquet"),
                metadata("committer-e1-0d4e1c7a-m0.avro"),
                metadata("00009-committer-e1-0d4e1c7a.metadata.json"),
                metadata("00000-a-e0-0d4e1c7a.metadata.json"));
        var before = everything();

        // When
        var later = Clock.offset(Clock.systemUTC(), LATER);
        var runs = Upkeep.untilIdle(
                Upkeep.of(lake, lake.committer()::rewrite, Upkeep.compaction(100), MaintainSteps.NONE, later));

        // Then
        assertThat(runs).singleElement().satisfies(run -> {
            assertThat(run.kind()).isEqualTo("orphan sweep");
            assertThat(run.before()).isEqualTo(go.size());
        });
        assertThat(everything()).as("nothing goes at once").isEqualTo(before);
        lake.execute(
                "UPDATE rc_deferred_deletion SET not_before = now() - interval '1 second' WHERE reason = 'orphan'");
        new DeferredDeletions(lake.database, lake.catalog.warehouse().io()).deleteDue();
        var expected = new ArrayList<>(before);
        expected.removeAll(go);
        assertThat(everything()).containsAll(stay).isEqualTo(expected);
        lake.committer().commitOnce();
        lake.assertEverythingOnce();
    }

    /** Epochs over and under way, files that are named by snapshots, by a sealed checkpoint, and by nobody. */
    private void aLakeWhoseWritersAreDead() {
        var committer = lake.committer();
        for (int i = 0; i < 4; i++) {
            lake.seal(0, 5);
            committer.commitOnce();
        }
        Upkeep.untilIdle(Upkeep.of(lake, committer, Upkeep.compaction(4))); // epoch 1 of maintenance
        lake.seal(0, 5); // sealed, and the committer is down for days
        take(new LogPartition("transactions", 0).toString()); // its owner is dead
        take("transactions/5");
        take("transactions/6");
        take("transactions/6");
        lake.committer().commitOnce(); // epoch 2 of the committer; commits what was sealed
        lake.seal(1, 5);
        take("transactions/1");
    }

    private List<Path> everything() throws IOException {
        try (var files = Files.walk(folder)) {
            return new ArrayList<>(files.filter(Files::isRegularFile).sorted().toList());
        }
    }

    private void take(String scope) {
        new Transactions(lake.database)
                .<Ownership>run("take", connection -> Fence.take(connection, scope, UUID.randomUUID()));
    }

    private Path data(String name) throws IOException {
        return write(folder.resolve("silver/transactions/data/event_time_day=2018-04-01"), name);
    }

    private Path metadata(String name) throws IOException {
        return write(folder.resolve("silver/transactions/metadata"), name);
    }

    private static Path write(Path where, String name) throws IOException {
        Files.createDirectories(where);
        return Files.writeString(where.resolve(name), Tables.CATALOG);
    }

    private static Path young(Path file) throws IOException {
        return Files.setLastModifiedTime(file, FileTime.from(Instant.now().plus(LATER)));
    }
}
