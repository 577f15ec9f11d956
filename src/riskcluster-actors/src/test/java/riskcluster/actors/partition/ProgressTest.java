package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import riskcluster.actors.customer.Round;
import riskcluster.actors.customer.Settled;
import riskcluster.actors.decode.Decoded;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.privacy.Aliases;
import riskcluster.actors.score.IdHashes;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.transaction.Transaction;

class ProgressTest {

    private static final long RECORDS = 300;

    private final Scorer scorer = Records.scorer();
    private final Decoder decoder = new Decoder(SchemaRegistry.empty());
    private final Map<String, Profile> customers = new HashMap<>();
    private final Map<String, Settled> settled = new HashMap<>();
    private final List<Long> published = new ArrayList<>();
    private final List<Long> written = new ArrayList<>();
    private final ArrayDeque<Effect> underWay = new ArrayDeque<>();
    private long alertCursor;
    private long dataCursor;
    private long profileCursor;
    private long profilesFrom;

    /** Answers come in any order that one publisher, one writer and one ledger can give. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void eachOutputIsLetOutOnceFromItsOwnCursorOnWhateverTheOrderOfAnswers(long seed) {
        var random = new Random(seed);
        alertCursor = random.nextLong(40);
        dataCursor = random.nextLong(40);
        long profiles = random.nextLong(Math.min(alertCursor, dataCursor) + 1);
        profileCursor = profiles;
        profilesFrom = profiles;
        long alertsFrom = alertCursor;
        long dataFrom = dataCursor;
        var progress = new Progress(profiles, alertCursor, dataCursor, PartitionState.EMPTY);

        while (progress.position() < RECORDS || profileCursor < RECORDS) {
            underWay.addAll(step(progress, random));
            assertThat(profileCursor).as("ProfileNeverAhead").isLessThanOrEqualTo(Math.min(alertCursor, dataCursor));
        }

        assertThat(published)
                .as("AlertsExactlyOnce")
                .containsExactlyElementsOf(LongStream.range(alertsFrom, RECORDS)
                        .filter(Records::loud)
                        .boxed()
                        .toList());
        assertThat(written)
                .as("NothingLost, NothingTwice")
                .containsExactlyElementsOf(
                        LongStream.range(dataFrom, RECORDS).boxed().toList());
    }

    private List<Effect> step(Progress progress, Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> progress.alertsDue();
            case 1 -> progress.checkpointDue();
            case 2 -> progress.profilesDue();
            case 3 -> progress.leaveDue();
            case 4, 5 -> underWay.isEmpty() ? List.of() : answer(progress, underWay.remove());
            default ->
                progress.position() < RECORDS
                        ? score(progress, Math.min(RECORDS, progress.position() + 1 + random.nextInt(9)))
                        : List.of();
        };
    }

    private List<Effect> answer(Progress progress, Effect effect) {
        return switch (effect) {
            case Effect.Publish(var loud) -> {
                loud.forEach(each -> published.add(each.record().offset()));
                yield List.of();
            }
            case Effect.Write(var records, var to, var watermark) -> {
                records.forEach(each -> written.add(each.record().offset()));
                yield List.of();
            }
            case Effect.CommitAlerts(var cursor) -> {
                alertCursor = cursor;
                yield progress.alertsCommitted(cursor);
            }
            case Effect.Seal seal -> {
                assertThat(seal.from()).as("chain of checkpoints").isEqualTo(dataCursor);
                assertThat(seal.alertCursor()).as("noted alert cursor").isLessThanOrEqualTo(alertCursor);
                dataCursor = seal.to();
                yield progress.sealed(seal.to());
            }
            case Effect.Save save -> {
                assertThat(save.from()).as("chain of saves").isEqualTo(profileCursor);
                assertThat(contents(save))
                        .as("ProfileConsistent: all that happened up to the cut, and nothing past it")
                        .isEqualTo(expected(save));
                profileCursor = save.to();
                progress.saved(save.to());
                yield List.of();
            }
        };
    }

    private static Map<String, String> contents(Effect.Save save) {
        return save.changed().stream().collect(Collectors.toMap(Changed.One::userId, one -> text(one.profile())));
    }

    /** The profiles of those who had events since the save before, scored at one go from where the partition began. */
    private Map<String, String> expected(Effect.Save save) {
        var all = round(profilesFrom, save.to());
        var expected = new HashMap<String, String>();
        for (int seat = 0; seat < all.customers().size(); seat++) {
            expected.put(all.customers().get(seat), text(all.score(seat, Profile.EMPTY, scorer, new Aliases())));
        }
        expected.keySet().retainAll(round(save.from(), save.to()).customers());
        return expected;
    }

    private static String text(Profile profile) {
        return HexFormat.of().formatHex(profile.encode());
    }

    private List<Effect> score(Progress progress, long to) {
        var round = round(progress.position(), to);
        for (int seat = 0; seat < round.customers().size(); seat++) {
            var customer = round.customers().get(seat);
            customers.put(
                    customer,
                    round.score(seat, customers.getOrDefault(customer, Profile.EMPTY), scorer, new Aliases()));
        }
        round.settleIn(round.customers().stream()
                .map(customer -> settled.computeIfAbsent(customer, Settled::new))
                .toArray(Settled[]::new));
        return progress.scored(round, round.judged());
    }

    private Round round(long from, long to) {
        var records = Records.between(from, to);
        var transactions = new Transaction[records.size()];
        var outcomes = new Outcome[records.size()];
        for (int slot = 0; slot < records.size(); slot++) {
            switch (decoder.decode(records.get(slot))) {
                case Decoded.Accepted(var transaction) -> transactions[slot] = transaction;
                case Decoded.Rejected(var rejected) -> outcomes[slot] = rejected;
                case Decoded.Undecided(var why) -> throw new AssertionError(why);
            }
        }
        return new Round(
                from,
                to,
                0,
                Records.policies().at(from),
                records,
                transactions,
                IdHashes.of(transactions),
                outcomes,
                done -> {});
    }

    @Test
    void aRoundThatLeavesAGapIsABug() {
        var progress = new Progress(0, 0, 0, PartitionState.EMPTY);
        score(progress, 5);
        var late = round(10, 11);
        assertThatThrownBy(() -> progress.scored(late, List.of())).hasMessageContaining("position 5");
    }

    @Test
    void theAlertCursorMovesWithACheckpointWithoutAnyAlert() {
        var progress = new Progress(1, 1, 1, PartitionState.EMPTY);
        underWay.addAll(score(progress, 3));
        assertThat(progress.alertsDue()).isEmpty();
        assertThat(progress.checkpointDue()).contains(new Effect.CommitAlerts(3));
    }
}
