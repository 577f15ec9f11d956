package riskcluster.node.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.cbor.CBORFactory;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorRefResolver;
import org.apache.pekko.serialization.Serialization;
import org.apache.pekko.serialization.SerializationExtension;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import riskcluster.actors.partition.Partition;
import riskcluster.actors.score.Profile;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.maintain.MaintenanceRun;
import riskcluster.lakehouse.maintain.TableFitness;
import riskcluster.node.upkeep.History;
import riskcluster.node.upkeep.Upkeep;

/**
 * What nodes of two builds say to each other, and what lies in the journal: bytes that a program left are read for ever,
 * and today's are those that the program before it reads. {@code -Dgolden=write} writes what is not there yet.
 */
class WireVersionsTest {

    private static final Path FOLDER = Path.of("src/test/resources/riskcluster/node/wire");
    private static final boolean WRITE = "write".equals(System.getProperty("golden"));
    private static final ObjectMapper CBOR = new ObjectMapper(new CBORFactory());

    private static final LogPartition SOURCE = new LogPartition("transactions", 3);
    private static final Transaction TRANSACTION = new Transaction(
            "t1", "u1", 52_000_000L, 1_700_000_000_000_000L, "EUR", null, "terminal", "card", null, null, true);
    private static final Decision DECISION = new Decision(
            TRANSACTION,
            "k1:ab",
            null,
            null,
            "DE",
            6,
            55,
            Band.HIGH,
            0.25,
            List.of(new FiredRule("velocity_30m", 25, "6 in 30 minutes")),
            new float[] {1.5f, Float.NaN},
            1,
            "v1",
            false,
            true,
            true);
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

    /** A message as the receiver is told of it: the number of its serializer, and its name for the file. */
    private record Said(int serializer, String name, Function<ActorRefResolver, Object> message) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Stream<Said> said() {
        return Stream.of(
                new Said(4701, "wake", refs -> new Partition.Wake()),
                new Said(4701, "show-customer", refs -> new Partition.ShowCustomer("u1", asker(refs))),
                new Said(4701, "await-outcome", refs -> new Partition.AwaitOutcome(7, asker(refs))),
                new Said(4701, "describe", refs -> new Partition.Describe(asker(refs))),
                new Said(4702, "customer", refs -> new Partition.CustomerShown(SOURCE, Optional.of(Profile.EMPTY))),
                new Said(4702, "nobody", refs -> new Partition.CustomerShown(SOURCE, Optional.empty())),
                new Said(4702, "decided", refs -> outcome(new Outcome.Decided(DECISION))),
                new Said(4702, "duplicate", refs -> outcome(new Outcome.Duplicate(TRANSACTION))),
                new Said(4702, "rejected", refs -> outcome(new Outcome.Rejected(Reason.TIMESTAMP_BAD, "why"))),
                new Said(
                        4702,
                        "described",
                        refs -> new Partition.Described(SOURCE, 4, 100, 90, 80, 70, 12, Optional.of("it stands"))),
                new Said(4711, "upkeep-recorded", refs -> new History.Recorded(RUN)),
                new Said(4712, "upkeep-kept", refs -> new History.Kept(List.of(RUN))),
                new Said(4713, "upkeep-run", refs -> new Upkeep.RunNow(asker(refs))),
                new Said(4713, "upkeep-look", refs -> new Upkeep.Look(asker(refs))),
                new Said(4713, "upkeep-remember", refs -> new Upkeep.Remember(20, asker(refs))),
                new Said(4714, "upkeep-finished", refs -> new Upkeep.Finished(false, List.of(RUN))),
                new Said(4714, "upkeep-looked", refs -> new Upkeep.Looked(List.of(FITNESS), null)),
                new Said(4714, "upkeep-told", refs -> new History.Told(List.of(RUN))));
    }

    private static final TableFitness FITNESS =
            new TableFitness("silver.transactions", 9, 3, 900_000, 800_000, 4, 150, 24, 190_000);

    private static Partition.OutcomeShown outcome(Outcome outcome) {
        return new Partition.OutcomeShown(Optional.of(outcome));
    }

    private static <T> ActorRef<T> asker(ActorRefResolver refs) {
        return refs.resolveActorRef("pekko://riskcluster@10.0.0.1:17355/user/asker#1");
    }

    @BeforeAll
    static void start() {
        kit = ActorTestKit.create("riskcluster", ConfigFactory.load());
    }

    @AfterAll
    static void stop() {
        kit.shutdownTestKit();
    }

    private static Serialization serialization() {
        return SerializationExtension.get(kit.system());
    }

    private static Object message(Said said) {
        return said.message().apply(ActorRefResolver.get(kit.system()));
    }

    @ParameterizedTest
    @MethodSource("said")
    void whatAnOlderNodeSaysIsUnderstood(Said said) throws IOException {
        assertSame(read(said, golden(said)), message(said));
    }

    @ParameterizedTest
    @MethodSource("said")
    void whatIsSaidTodayAnOlderNodeUnderstands(Said said) throws IOException {
        var serializer = serialization().findSerializerFor(message(said));
        assertThat(serializer.identifier()).isEqualTo(said.serializer());
        assertThat(HexFormat.of()
                        .formatHex(serialization().serialize(message(said)).get()))
                .isEqualTo(HexFormat.of().formatHex(golden(said)));
    }

    /** A newer node may say more: what is not known is passed over. */
    @ParameterizedTest
    @MethodSource("said")
    void aFieldThatANewerNodeAddsIsPassedOver(Said said) throws IOException {
        var more = (ObjectNode) CBOR.readTree(golden(said));
        more.put("a-field-of-tomorrow", 1);
        assertSame(read(said, CBOR.writeValueAsBytes(more)), message(said));
    }

    private static Object read(Said said, byte[] bytes) {
        return serialization().deserialize(bytes, said.serializer(), "").get();
    }

    private static void assertSame(Object read, Object expected) {
        var arrays = RecursiveComparisonConfiguration.builder()
                .withEqualsForType(
                        (one, other) -> HexFormat.of()
                                .formatHex(one.encode())
                                .equals(HexFormat.of().formatHex(other.encode())),
                        Profile.class)
                .withEqualsForType(Object::equals, ActorRef.class)
                .withEqualsForType(Float::equals, Float.class)
                .withStrictTypeChecking(true)
                .build();
        assertThat(read).usingRecursiveComparison(arrays).isEqualTo(expected);
    }

    private static byte[] golden(Said said) throws IOException {
        var file = FOLDER.resolve(said.name() + ".hex");
        if (WRITE && !Files.exists(file)) {
            var bytes = serialization().serialize(message(said)).get();
            Files.writeString(file, HexFormat.of().formatHex(bytes) + "\n", StandardCharsets.US_ASCII);
        }
        return HexFormat.of()
                .parseHex(Files.readString(file, StandardCharsets.US_ASCII).strip());
    }
}
