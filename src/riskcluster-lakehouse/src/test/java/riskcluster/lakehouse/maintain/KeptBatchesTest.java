package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import riskcluster.lakehouse.ledger.BatchTable.Committed;

class KeptBatchesTest {

    private static final Instant MIDNIGHT = Instant.parse("2026-03-02T00:00:00Z");

    @Test
    void aDayOfBatchesEveryTenSecondsLeavesTheNewestAndOneForEachHour() {
        var kept = KeptBatches.of(every(Duration.ofSeconds(10), 8_640), Thresholds.USUAL);

        assertThat(kept.ids()).hasSize(Thresholds.USUAL.batches() + 23).contains(8_640L, 8_521L, 360L, 720L);
        assertThat(kept.tags()).hasSize(23).containsEntry("hour-2026-03-02T00", 360L);
        assertThat(kept.forgotten()).hasSize(8_640 - kept.ids().size()).doesNotContainAnyElementsOf(kept.ids());
    }

    @Test
    void whatIsKeptOnceIsKeptWhateverIsForgottenAround() {
        var batches = every(Duration.ofMinutes(7), 2_000);
        var kept = KeptBatches.of(batches, Thresholds.USUAL);

        var again = KeptBatches.of(
                batches.stream()
                        .filter(batch -> kept.ids().contains(batch.id()))
                        .toList(),
                Thresholds.USUAL);

        assertThat(again.ids()).isEqualTo(kept.ids());
        assertThat(again.tags()).isEqualTo(kept.tags());
        assertThat(again.forgotten()).isEmpty();
    }

    @Test
    void aNewLakeKeepsNothing() {
        assertThat(KeptBatches.of(List.of(), Thresholds.USUAL).ids()).isEmpty();
    }

    /** The first is batch 1, right after midnight. */
    private static List<Committed> every(Duration pause, int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(id ->
                        new Committed(id, MIDNIGHT.plus(pause.multipliedBy(id)).minusMillis(1)))
                .toList();
    }
}
