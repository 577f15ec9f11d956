package riskcluster.actors.replay;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import riskcluster.actors.decode.Decoder;
import riskcluster.actors.decode.SchemaRegistry;
import riskcluster.actors.partition.PolicyTimeline;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;

class ReplayedPartitionTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 3);
    private static final Policy OLD = PolicyFile.bundled("default");
    private static final Policy NEW = PolicyFile.bundled("card-terminals");

    private final ReplayedPartition partition = new ReplayedPartition(
            new Decoder(SchemaRegistry.empty()),
            new Scorer(new Pseudonyms(Map.of(1, new byte[32]))),
            new PolicyTimeline(
                    List.of(new PolicySwitch(0, OLD.version()), new PolicySwitch(12, NEW.version())),
                    Map.of(OLD.version(), OLD, NEW.version(), NEW)));

    private static LogRecord record(long offset, String id, String user, long minute) {
        long millis = 1_700_000_000_000L + minute * 60_000;
        var value = "{\"transaction_id\":\"" + id + "\",\"user_id\":\"" + user + "\",\"amount\":12.5,\"timestamp\":"
                + millis + "}";
        return new LogRecord(SOURCE, offset, millis, user.getBytes(UTF_8), value.getBytes(UTF_8), List.of());
    }

    private Decision decided(LogRecord record) {
        return switch (partition.decide(record).outcome()) {
            case Outcome.Decided(var decision) -> decision;
            case Outcome other -> throw new AssertionError(record.coordinates() + " came to " + other);
        };
    }

    @Test
    void eachCustomerHasAProfileOfHisOwn() {
        assertThat(decided(record(0, "a", "u1", 0)).count30m()).isEqualTo(1);
        assertThat(decided(record(1, "b", "u2", 1)).count30m()).isEqualTo(1);
        assertThat(decided(record(2, "c", "u1", 2)).count30m()).isEqualTo(2);
    }

    @Test
    void aRecordIsDecidedByThePolicyInForceAtItsOffset() {
        assertThat(decided(record(11, "a", "u1", 0)).policyVersion()).isEqualTo(OLD.version());
        assertThat(decided(record(12, "b", "u1", 1)).policyVersion()).isEqualTo(NEW.version());
    }

    @Test
    void duplicatesAndBadRecordsLeaveTheProfileAsItWas() {
        decided(record(0, "a", "u1", 0));
        assertThat(partition.decide(record(1, "a", "u1", 1)).outcome()).isInstanceOf(Outcome.Duplicate.class);
        var bad = new LogRecord(SOURCE, 2, 1, "u1".getBytes(UTF_8), "{".getBytes(UTF_8), List.of());
        assertThat(partition.decide(bad).outcome()).isInstanceOf(Outcome.Rejected.class);
        assertThat(decided(record(3, "b", "u1", 2)).count30m()).isEqualTo(2);
    }

    @Test
    void whereItWasCorrectedTheLastPolicyStandsAndLaterRecordsSeeWhatTheTimeDecided() {
        var corrected = new ReplayedPartition(
                new Decoder(SchemaRegistry.empty()),
                new Scorer(new Pseudonyms(Map.of(1, new byte[32]))),
                new PolicyTimeline(List.of(new PolicySwitch(0, OLD.version())), Map.of(OLD.version(), OLD)),
                new CorrectedSpans(List.of(
                        new CorrectedSpans.Span(1, 4, Optional.of(NEW)),
                        new CorrectedSpans.Span(3, 5, Optional.empty()))));
        for (long offset = 0; offset < 6; offset++) {
            var record = record(offset, "t" + offset, "u1", offset);
            var plain = decided(record);
            var outcomes = corrected.outcomes(record);
            var then = ((Outcome.Decided) outcomes.ofTheTime()).decision();
            var now = ((Outcome.Decided) outcomes.standing()).decision();
            assertThat(then.count30m()).isEqualTo(plain.count30m()).isEqualTo((int) offset + 1);
            assertThat(now.count30m()).isEqualTo(plain.count30m());
            assertThat(then.policyVersion()).isEqualTo(OLD.version());
            assertThat(now.policyVersion()).isEqualTo(offset == 1 || offset == 2 ? NEW.version() : OLD.version());
        }
    }

    @Test
    void aRecordOutOfTheLogsOrderIsRefused() {
        decided(record(5, "a", "u1", 0));
        assertThatThrownBy(() -> partition.decide(record(4, "b", "u1", 1)))
                .hasMessageContaining("transactions/3/4")
                .hasMessageContaining("order");
    }
}
