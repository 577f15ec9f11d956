package riskcluster.node.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.NotSerializableException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import riskcluster.actors.partition.Partition;
import riskcluster.actors.score.Profile;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.transaction.Transaction;

/** What crosses nodes comes out as it went in, under the node's own configuration. */
class WireTest {

    private static final LogPartition SOURCE = new LogPartition("transactions", 3);
    private static final Transaction TRANSACTION = new Transaction(
            "t1", "u1", 52_000_000L, 1_700_000_000_000_000L, "EUR", null, "terminal", "card", null, null, true);

    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("riskcluster", ConfigFactory.load());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static <T> T there(T message) {
        return kit.serializationTestKit().verifySerialization(message, false);
    }

    /** Its content as text, and what the receiver is told of its type. */
    private static String text(Object message) {
        var serialization = SerializationExtension.get(kit.system());
        var serializer = serialization.findSerializerFor(message);
        return Serializers.manifestFor(serializer, message) + "|"
                + new String(serializer.toBinary(message), StandardCharsets.ISO_8859_1);
    }

    @Test
    void questionsAreTheSameThere() {
        var customer = kit.<Partition.CustomerShown>createTestProbe().ref();
        var outcome = kit.<Partition.OutcomeShown>createTestProbe().ref();
        var described = kit.<Partition.Described>createTestProbe().ref();

        for (var question : List.of(
                new Partition.Wake(),
                new Partition.ShowCustomer("u1", customer),
                new Partition.AwaitOutcome(7, outcome),
                new Partition.Describe(described))) {
            assertThat(there(question)).isEqualTo(question);
        }
        assertThat(text(new Partition.Wake())).startsWith("|").contains("wake").doesNotContain("Partition");
    }

    @Test
    void anOutcomeIsTheSameThere() {
        var decision = new Decision(
                TRANSACTION,
                "k1:ab",
                null,
                null,
                "DE",
                6,
                55,
                Band.HIGH,
                Double.NaN,
                List.of(new FiredRule("velocity_30m", 25, "6 in 30 minutes")),
                new float[] {1.5f, Float.NaN},
                1,
                "v1",
                false,
                true,
                true);

        var shown = there(new Partition.OutcomeShown(Optional.of(new Outcome.Decided(decision))));

        assertThat(shown.outcome().orElseThrow())
                .usingRecursiveComparison()
                .withEqualsForType(Double::equals, Double.class)
                .withEqualsForType(Float::equals, Float.class)
                .isEqualTo(new Outcome.Decided(decision));
        for (Outcome outcome :
                List.of(new Outcome.Duplicate(TRANSACTION), new Outcome.Rejected(Reason.values()[0], "why"))) {
            assertThat(there(new Partition.OutcomeShown(Optional.of(outcome))))
                    .isEqualTo(new Partition.OutcomeShown(Optional.of(outcome)));
        }
        assertThat(there(new Partition.OutcomeShown(Optional.empty())).outcome())
                .isEmpty();
    }

    @Test
    void aDescriptionIsTheSameThere() {
        var described = new Partition.Described(SOURCE, 4, 100, 90, 80, 70, 12, Optional.of("it stands still"));

        assertThat(there(described)).isEqualTo(described);
        assertThat(text(described)).startsWith("|").contains("described").doesNotContain("Partition$");
    }

    @Test
    void aProfileIsTheSameThere() {
        var shown = there(new Partition.CustomerShown(SOURCE, Optional.of(Profile.EMPTY)));

        assertThat(shown.profile().orElseThrow().encode()).isEqualTo(Profile.EMPTY.encode());
        assertThat(there(new Partition.CustomerShown(SOURCE, Optional.empty())).profile())
                .isEmpty();
    }

    @Test
    void javaSerializationIsOff() {
        var serialization = SerializationExtension.get(kit.system());
        var date = new java.util.Date(0);

        assertThatThrownBy(() -> serialization.findSerializerFor(date).toBinary(date))
                .hasMessageContaining("allow-java-serialization");
    }

    @Test
    void whatStaysOnANodeHasNoFormForTheWire() {
        assertThatThrownBy(() -> there(new Partition.Leave())).hasMessageContaining("Partition$Leave");
        assertThatThrownBy(() -> SerializationExtension.get(kit.system()).findSerializerFor(new Thread()))
                .isInstanceOf(NotSerializableException.class);
    }
}
