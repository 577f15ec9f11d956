package riskcluster.actors.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.actors.anomaly.Definition.Told;
import riskcluster.actors.score.Profile;
import riskcluster.actors.star.Standing;
import riskcluster.contracts.decision.Anomaly;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

class WatchTest {

    private static final int RECORDS = 4_000;
    private static final long MINUTE = 60_000_000;
    private static final long START = 1_522_540_800_000_000L;
    private static final List<String> CUSTOMERS =
            IntStream.range(0, 6).mapToObj(i -> "c" + i).toList();

    private Kept kept = new Kept();
    private Watch watch = watch(Long.MIN_VALUE, List.of());

    /** Tempos in a map. */
    private static final class Kept implements Watch.Customers {
        private final Map<String, Tempos> all = new HashMap<>();

        @Override
        public Tempos tempos(String userId) {
            return all.getOrDefault(userId, Tempos.NONE);
        }

        @Override
        public void tempos(String userId, Tempos tempos) {
            all.put(userId, tempos);
        }
    }

    private Watch watch(long watermark, List<Rush> open) {
        return new Watch(AnomalyRule.CONTRACT, kept, watermark, open);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void itTellsWhatTheDefinitionSaysHoweverTheLogIsCutAndTheStateIsWrittenInBetween(long seed) {
        var log = Happenings.random(seed, RECORDS);
        var random = new Random(seed);
        var told = new ArrayList<Told>();
        long watermark = Long.MIN_VALUE;
        for (int from = 0, to; from < log.size(); from = to) {
            to = Math.min(log.size(), from + 1 + random.nextInt(50));
            var piece = log.subList(from, to);
            watch.follow(piece)
                    .forEach(judged -> judged.anomalies().forEach(anomaly -> told.add(told(judged, anomaly))));
            watermark = Math.max(watermark, newest(piece));
            if (random.nextInt(4) == 0) {
                restart(watermark);
            }
        }

        assertThat(told).hasSizeGreaterThan(20).doesNotHaveDuplicates();
        assertThat(told)
                .containsExactlyInAnyOrderElementsOf(
                        new Definition(log).told(AnomalyRule.CONTRACT.windowSeconds(), CUSTOMERS));
        assertThat(told).extracting(Told::offset).isSorted();
    }

    /** What is saved is all that the next owner has. */
    private void restart(long watermark) {
        var open = Rushes.decode(ByteBuffer.wrap(Rushes.encode(watch.open())));
        var again = new Kept();
        kept.all.forEach((customer, tempos) -> again.tempos(
                customer,
                Remembered.decode(new Remembered(Profile.EMPTY, new Beside(tempos, Standing.NONE)).encode())
                        .beside()
                        .tempos()));
        kept = again;
        watch = watch(watermark, open);
    }

    private static long newest(List<Judged> records) {
        return records.stream()
                .map(Judged::outcome)
                .mapToLong(outcome -> outcome instanceof Outcome.Decided(var decision)
                        ? decision.transaction().eventTimeMicros()
                        : Long.MIN_VALUE)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    private static Told told(Judged judged, Anomaly anomaly) {
        return new Told(judged.record().offset(), anomaly.id(), anomaly.transactions(), anomaly.windows());
    }

    @Test
    void anAnomalyIsAnOutputOfTheRecordThatMovesTheWatermarkToTheWindowsEnd() {
        var before = minutes(10);
        var rush = rush(10 * MINUTE, 5);
        assertThat(follow(before)).isEmpty();
        assertThat(follow(rush)).isEmpty();
        assertThat(follow(List.of(Happenings.decided(20, "other", START + 11 * MINUTE - 1))))
                .as("not yet at the end")
                .extracting(Anomaly::windowSeconds)
                .containsExactly(5);

        var anomaly = follow(List.of(Happenings.decided(21, "other", START + 11 * MINUTE)))
                .getFirst();

        assertThat(anomaly).isEqualTo(new Anomaly("c", "k1:c", 60, START + 10 * MINUTE, 5, 10, 1, 0));
        assertThat(anomaly.zScore()).isEqualTo(4);
        assertThat(anomaly.endMicros()).isEqualTo(START + 11 * MINUTE);
        assertThat(anomaly.id()).isEqualTo("k1:c/60s/" + (START + 10 * MINUTE));
    }

    @Test
    void nineEarlierWindowsAreTooFewAndFourTransactionsAreNoRush() {
        follow(minutes(9));
        follow(rush(9 * MINUTE, 9));
        assertThat(close()).isEmpty();
        assertThat(kept.tempos("c").coarse().windows()).isEqualTo(9);

        follow(rush(20 * MINUTE, 4));
        assertThat(watch.open()).isEmpty();
    }

    @Test
    void aRecordOfAClosedWindowNeitherAddsNorRetracts() {
        follow(minutes(10));
        follow(rush(10 * MINUTE, 4));
        follow(List.of(Happenings.decided(30, "other", START + 11 * MINUTE)));

        assertThat(follow(rush(10 * MINUTE, 6))).isEmpty();
        assertThat(watch.open()).isEmpty();
        assertThat(kept.tempos("c").coarse().transactions()).isEqualTo(4);
    }

    @Test
    void aDuplicateNeitherCountsNorMovesTheWatermark() {
        follow(minutes(10));
        follow(rush(10 * MINUTE, 4));
        assertThat(follow(List.of(Happenings.duplicate(30, "c", START + 10 * MINUTE + 7))))
                .isEmpty();
        assertThat(follow(List.of(Happenings.duplicate(31, "c", START + 90 * MINUTE))))
                .isEmpty();
        assertThat(watch.open()).isEmpty();
        assertThat(kept.tempos("c").coarse().transactions()).isEqualTo(4);
    }

    @Test
    void meanAndDeviationAreThoseOfTheEarlierWindows() {
        var tempo = Tempo.NONE;
        int[] counts = {3, 1, 4, 1, 5, 9, 2, 6};
        for (int window = 0; window < counts.length; window++) {
            for (int i = 0; i < counts[window]; i++) {
                tempo = tempo.counted(window);
            }
        }
        tempo = tempo.counted(100);
        assertThat(tempo.windows()).isEqualTo(8);
        assertThat(tempo.mean()).isCloseTo(3.875, within(1e-12));
        assertThat(tempo.deviation()).isCloseTo(Math.sqrt(52.875 / 7), within(1e-12));
    }

    private List<Judged> minutes(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Happenings.decided(i, "c", START + i * MINUTE))
                .toList();
    }

    private static List<Judged> rush(long after, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> Happenings.decided(10 + i, "c", START + after + i))
                .toList();
    }

    private List<Anomaly> close() {
        return follow(List.of(Happenings.decided(50, "other", START + 19 * MINUTE)));
    }

    private List<Anomaly> follow(List<Judged> records) {
        return watch.follow(records).stream()
                .flatMap(judged -> judged.anomalies().stream())
                .toList();
    }
}
