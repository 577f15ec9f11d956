package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static riskcluster.node.cli.Typed.type;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.explain.Finding;
import riskcluster.node.http.FakeNode;
import riskcluster.node.http.NodeHttp;
import riskcluster.node.operate.OneNode;
import riskcluster.node.terminal.Exit;

/** Faults in the way to a node and in the node, each seeded, and what the doctor says of it. */
class DoctorCommandTest {

    private static final Path CONTEXTS = Path.of(System.getProperty("riskcluster.contexts"));
    private static ActorSystem<Void> system;
    private static NodeHttp http;
    private static OneNode node;

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        var local = ConfigFactory.parseString("pekko.actor.provider = local, pekko.loglevel = OFF")
                .withFallback(ConfigFactory.load());
        system = ActorSystem.create(Behaviors.empty(), "doctor", local);
        http = NodeHttp.start(system, new FakeNode(), 0);
        node = OneNode.up(Behaviors.empty());
    }

    @AfterAll
    static void stop() {
        http.close();
        system.terminate();
        node.close();
    }

    @AfterEach
    void forget() throws IOException {
        Files.deleteIfExists(CONTEXTS);
        node.raise(null);
    }

    /** A context of these two interfaces, which is the current one. */
    private static void use(String address, String operator) throws IOException {
        Files.deleteIfExists(CONTEXTS);
        assertThat(type("context", "add", "here", "--node", address, "--operator", operator, "--use")
                        .status())
                .isZero();
    }

    private static List<String> codes(Typed typed) throws IOException {
        var codes = new ArrayList<String>();
        NodeClient.JSON
                .readTree(typed.out())
                .path("faults")
                .forEach(fault -> codes.add(fault.path("code").asText()));
        return codes;
    }

    private static List<String> found() throws IOException {
        return codes(type("doctor", "-o", "json", "--timeout", "2"));
    }

    @Test
    void twoInterfacesOfTwoClustersAreFoundAndNothingElse() throws IOException {
        use(http.address(), node.operator());

        var typed = type("doctor");

        assertThat(typed.status()).isEqualTo(Exit.UNWELL);
        assertThat(typed.err()).isEmpty();
        assertThat(typed.out()).startsWith("""
            fine   HTTP interface
            fine   the node itself
            fine   counters
            fine   operators' interface
            fine   members and partitions
            fine   versions
            WRONG  one cluster

            RC-2012  the HTTP interface and the operators' interface that are asked are of two different clusters
              seen   by HTTP pekko://riskcluster@127.0.0.1:25520; by the operators' interface pekko://riskcluster@\
            """);
        assertThat(typed.out()).contains("\n  do     give the context one node's addresses");
        assertThat(type("doctor", "-o", "name").out()).isEqualTo("RC-2012\n");
    }

    @Test
    void aPartitionThatStandsStillIsFound() throws IOException {
        use(http.address(), node.operator());
        node.raise("the log was cut");

        assertThat(found()).contains(Finding.PARTITION_ALARM.code());
        assertThat(type("doctor").out()).contains("partition 0: the log was cut");
    }

    @Test
    void interfacesThatDoNotAnswerAreFound() throws IOException {
        var nobody = "127.0.0.1:" + FreePort.from(0);
        use(nobody, node.operator());
        assertThat(found()).containsExactly(Finding.NODE_SILENT.code());

        use(http.address(), nobody);
        assertThat(found()).containsExactly(Finding.OPERATOR_SILENT.code());

        use(nobody, nobody);
        var typed = type("doctor", "-o", "json");
        assertThat(codes(typed)).containsExactly(Finding.NODE_SILENT.code(), Finding.OPERATOR_SILENT.code());
        assertThat(typed.status()).isEqualTo(Exit.UNREACHABLE);
    }

    @Test
    void aNodeThatTakesConnectionsAndSaysNothingIsFound() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            use("127.0.0.1:" + silent.getLocalPort(), node.operator());

            assertThat(codes(type("doctor", "-o", "json", "--timeout", "1")))
                    .containsExactly(Finding.ANSWER_LATE.code());
        }
    }

    @Test
    void aNodeThatIsNotReadyIsFound() throws IOException {
        var ill = new FakeNode();
        ill.fallIll();
        try (var other = NodeHttp.start(system, ill, 0)) {
            use(other.address(), node.operator());

            assertThat(found()).contains(Finding.NOT_READY.code());
        }
    }

    @Test
    void aNodeThatIsNoMemberIsFound() throws IOException {
        try (var alone = OneNode.alone()) {
            use(http.address(), alone.operator());

            assertThat(found()).contains(Finding.NO_MEMBER.code());
        }
    }

    @Test
    void contextsThatAreBrokenAreFound() throws IOException {
        Files.writeString(CONTEXTS, "{ half");
        assertThat(found()).containsOnly(Finding.CONTEXTS_UNREADABLE.code());

        Files.writeString(CONTEXTS, "{\"current\": \"gone\", \"contexts\": []}");
        assertThat(found()).containsOnly(Finding.CONTEXT_UNKNOWN.code());
    }

    @Test
    void aBundleHoldsWhatCanBeAskedAndNoSecret() throws IOException {
        use(http.address(), node.operator());
        var config = Files.writeString(folder.resolve("node.conf"), "database.password = canary-4929\nmode = x\n");
        var file = folder.resolve("fault.zip");

        var typed = type("debug", "bundle", "--out", file.toString(), "--config", config.toString());

        assertThat(typed).isEqualTo(new Typed(Exit.FINE, file + " holds 14 parts\n", ""));
        try (var zip = new ZipFile(file.toFile())) {
            assertThat(zip.stream().map(entry -> entry.getName()))
                    .contains("http/cluster.json", "http/metrics.txt", "operator/cluster-show.json", "about.txt");
            assertThat(text(zip, "node.conf")).isEqualTo("database.password = ***\nmode = x\n");
            assertThat(text(zip, "http/cluster.json")).contains("\"alert_cursor\" : 118");
            assertThat(text(zip, "operator/partition-list.json")).contains("\"alert_cursor\" : 118");
        }
        assertThat(type("debug", "bundle", "--out", file.toString()).err())
                .isEqualTo("riskcluster: " + file + " is there already; name another with --out FILE\n");
    }

    @Test
    void aBundleOfNobodySaysWhatIsMissing() throws IOException {
        var nobody = "127.0.0.1:" + FreePort.from(0);
        use(nobody, nobody);
        var file = folder.resolve("none.zip");

        var typed = type("debug", "bundle", "--out", file.toString());

        assertThat(typed.status()).isEqualTo(Exit.UNREACHABLE);
        assertThat(typed.out()).contains("some are missing:", "no node listens at");
        assertThat(file).exists();
    }

    private static String text(ZipFile zip, String name) throws IOException {
        try (var in = zip.getInputStream(zip.getEntry(name))) {
            return new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
    }

    @Test
    void topShowsEachPartitionWithItsRateAndWhatIsBehind() throws IOException {
        use(http.address(), node.operator());

        assertThat(type("top", "--every", "0.01")).isEqualTo(new Typed(Exit.FINE, """
            test: 1 members, 0 unreachable, 0 records/s
            partition  records/s  position  alerts behind  data behind  profiles behind  customers  alarm
                    0          0       120              2           20               40         17
            """, ""));
        assertThat(type("top", "--every", "0.01", "-n", "2", "-o", "name").out())
                .isEqualTo("0\n0\n");
        assertThat(type("top", "--every", "0").status()).isEqualTo(Exit.USAGE);
    }

    @Test
    void aRateIsWhatAPartitionMovedBetweenTwoLooks() throws IOException {
        var before = NodeClient.JSON.readTree(
                "{\"partitions\":[{\"partition\":0,\"position\":100},{\"partition\":1,\"position\":-1},"
                        + "{\"partition\":2,\"position\":10}]}");
        var now = NodeClient.JSON.readTree(
                "{\"partitions\":[{\"partition\":0,\"position\":110},{\"partition\":1,\"position\":50},"
                        + "{\"partition\":2,\"position\":110,\"alert_cursor\":100,\"alarm\":\"waits\"}]}");

        var rows = TopCommand.rows(now, before, 2);

        assertThat(rows).extracting(TopCommand.Row::partition).containsExactly(2, 0, 1);
        assertThat(rows).extracting(TopCommand.Row::perSecond).containsExactly(50L, 5L, 0L);
        assertThat(rows.getFirst().alertsBehind()).isEqualTo(10);
        assertThat(rows.getFirst().alarm()).isEqualTo("waits");
    }
}
