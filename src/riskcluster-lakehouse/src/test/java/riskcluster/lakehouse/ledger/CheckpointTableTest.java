package riskcluster.lakehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.TestLake;

class CheckpointTableTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 0);

    @Test
    void aBatchTakesCheckpointsInTheirOrderUntilTheirPartialsAreEnough(@TempDir Path folder) {
        try (var lake = new TestLake(folder)) {
            var owner = lake.ledger.take(SOURCE, UUID.randomUUID(), "topic-id", 0);
            for (int i = 0; i < 4; i++) {
                var partials = new byte[i == 3 ? 0 : 10];
                assertThat(lake.ledger.seal(
                                owner, new Checkpoint(SOURCE, i, i + 1, 0, Long.MIN_VALUE, 1, List.of(), partials)))
                        .isEqualTo(Answer.DONE);
            }

            assertThat(taken(lake, 10, 1)).containsExactly(0L);
            assertThat(taken(lake, 10, 15)).containsExactly(0L, 1L);
            assertThat(taken(lake, 10, 30)).containsExactly(0L, 1L, 2L);
            assertThat(taken(lake, 10, 31)).containsExactly(0L, 1L, 2L, 3L);
            assertThat(taken(lake, 2, 31)).containsExactly(0L, 1L);
        }
    }

    @Test
    void aRecordIsVisibleWithTheBatchOfItsCheckpoint(@TempDir Path folder) {
        try (var lake = new TestLake(folder)) {
            lake.seal(0, 3);
            lake.committer().commitOnce();
            var batch = new Transactions(lake.database)
                    .atOneMoment("read the newest batch", BatchTable::newest)
                    .orElseThrow();
            lake.seal(0, 2);

            assertThat(visible(lake, 0)).isEqualTo(visible(lake, 2)).hasValueSatisfying(checkpoint -> {
                assertThat(checkpoint.to()).isEqualTo(3);
                assertThat(checkpoint.batch()).isEqualTo(batch.id());
                assertThat(checkpoint.committedAt()).isEqualTo(batch.committedAt());
                assertThat(checkpoint.sealedAt()).isBefore(checkpoint.committedAt());
            });
            assertThat(visible(lake, 3)).as("sealed, in no batch").isEmpty();
            assertThat(visible(lake, 5)).as("not sealed").isEmpty();
        }
    }

    private static Optional<CheckpointTable.Visible> visible(TestLake lake, long offset) {
        return new Transactions(lake.database)
                .atOneMoment(
                        "look whether a record is visible",
                        connection -> CheckpointTable.visible(connection, SOURCE, offset));
    }

    private static List<Long> taken(TestLake lake, int max, long partialBytesMax) {
        return new Transactions(lake.database)
                        .atOneMoment(
                                "find waiting checkpoints",
                                connection -> CheckpointTable.waiting(connection, max, partialBytesMax))
                        .stream()
                        .map(SealedCheckpoint::from)
                        .toList();
    }
}
