package riskcluster.node.upkeep;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.serialization.SerializationExtension;
import org.apache.pekko.serialization.Serializers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import riskcluster.lakehouse.maintain.MaintenanceRun;
import riskcluster.lakehouse.maintain.TableFitness;

/** What crosses nodes, and what lies in the journal, comes out as it went in, under names that are not those of classes. */
class UpkeepWireTest {

    private static final MaintenanceRun RUN = new MaintenanceRun(
            "silver.transactions",
            "compaction",
            MaintenanceRun.Outcome.REFUSED,
            32,
            1,
            640_000,
            Instant.parse("2026-03-02T10:00:00.123Z"),
            412,
            "gone");

    private static ActorTestKit kit;

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("riskcluster", ConfigFactory.load());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    @Test
    void questionsAndAnswersAreTheSameThere() {
        var finished = kit.<Upkeep.Finished>createTestProbe().ref();
        var looked = kit.<Upkeep.Looked>createTestProbe().ref();
        var told = kit.<History.Told>createTestProbe().ref();

        for (Object message : List.of(
                new Upkeep.RunNow(finished),
                new Upkeep.Look(looked),
                new Upkeep.Remember(20, told),
                new Upkeep.Finished(false, List.of(RUN)),
                new Upkeep.Looked(
                        List.of(new TableFitness("silver.transactions", 9, 3, 900_000, 800_000, 4, 150, 24, 190_000)),
                        null),
                new History.Told(List.of(RUN)))) {
            assertThat(there(message)).isEqualTo(message);
            assertThat(text(message)).startsWith("|").doesNotContain("riskcluster.node");
        }
    }

    @Test
    void eventsAndSnapshotsAreTheSameAfterARestart() {
        for (Object kept : List.of(new History.Recorded(RUN), new History.Kept(List.of(RUN, RUN)))) {
            assertThat(there(kept)).isEqualTo(kept);
            assertThat(text(kept)).startsWith("|").doesNotContain("riskcluster.node");
        }
    }

    private static <T> T there(T message) {
        return kit.serializationTestKit().verifySerialization(message, false);
    }

    /** Its content as text, and what the receiver is told of its type. */
    private static String text(Object message) {
        var serialization = SerializationExtension.get(kit.system());
        var serializer = serialization.findSerializerFor(message);
        return Serializers.manifestFor(serializer, message) + "|"
                + new String(serialization.serialize(message).get(), StandardCharsets.ISO_8859_1);
    }
}
