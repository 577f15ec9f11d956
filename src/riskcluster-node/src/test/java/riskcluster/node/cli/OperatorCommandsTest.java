package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.operate.OneNode;
import riskcluster.node.terminal.Exit;

/** Every command that looks, typed against a node that is a cluster of its own. */
class OperatorCommandsTest {
    private static final int CHILDREN = 5_000;
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Of the same width as the real one, which has any port. */
    private static final String ADDRESS = "pekko://riskcluster@127.0.0.1:55555";

    private static OneNode node;

    /** Asks an entity whether it lives. */
    private record Ping(ActorRef<String> replyTo) {}

    @BeforeAll
    static void start() {
        node = OneNode.up(Behaviors.setup(context -> {
            context.spawn(
                    Behaviors.setup(crowd -> {
                        for (var i = 0; i < CHILDREN; i++) {
                            crowd.spawnAnonymous(Behaviors.empty());
                        }
                        return Behaviors.empty();
                    }),
                    "crowd");
            context.spawn(
                    Behaviors.setup(family -> {
                        Stream.of("zoe", "adam", "mia").forEach(name -> family.spawn(Behaviors.empty(), name));
                        return Behaviors.empty();
                    }),
                    "family");
            return Behaviors.empty();
        }));
        shard("partition", 3);
        shard("watcher", 1);
        node.await(() ->
                type("actor", "hierarchy", "-s", "/user/crowd", "-d", "1").out().contains("more"));
    }

    private static void shard(String type, int entities) {
        var key = EntityTypeKey.create(Ping.class, type);
        var sharding = ClusterSharding.get(node.system());
        Behavior<Ping> pong = Behaviors.receiveMessage(ping -> {
            ping.replyTo().tell("pong");
            return Behaviors.same();
        });
        sharding.init(Entity.of(key, entity -> pong));
        for (var i = 0; i < entities; i++) {
            sharding.entityRefFor(key, Integer.toString(i))
                    .<String>ask(Ping::new, SOON)
                    .toCompletableFuture()
                    .join();
        }
    }

    @AfterAll
    static void stop() {
        node.close();
    }

    private static Typed type(String... words) {
        var all = new ArrayList<>(List.of(node.operator()));
        all.addAll(List.of(words));
        var typed = Typed.type(all.toArray(String[]::new));
        return new Typed(
                typed.status(),
                typed.out().replace(node.address(), ADDRESS),
                typed.err().replace(node.address(), ADDRESS));
    }

    private static Typed fine(String out) {
        return new Typed(Exit.FINE, out, "");
    }

    @Test
    void showTellsMembersTheirNumberAndWherePartitionsStand() {
        assertThat(type("cluster", "show")).isEqualTo(fine("""
            address                              roles  status  reachability  version  leader
            pekko://riskcluster@127.0.0.1:55555  []     up                    0.0.0    leader
            Count: 1 nodes

            partition  epoch  position  alert cursor  data cursor  profile cursor  customers  alarm
                    0      3       120           118          100              80         17
            """));
    }

    @Test
    void showFiltersMembersByHostRoleAndStatus() {
        var one = """
            address                              roles  status  reachability  version  leader
            pekko://riskcluster@127.0.0.1:55555  []     up                    0.0.0    leader
            Count: 1 nodes
            """;
        var none = """
            address  roles  status  reachability  version  leader
            Count: 0 nodes
            """;
        assertThat(type("cluster", "show", "-H", "127.0.0.1", "-s", "Up")).isEqualTo(fine(one));
        assertThat(type("cluster", "show", "--host=10.0.0.1")).isEqualTo(fine(none));
        assertThat(type("cluster", "show", "-r", "gateway")).isEqualTo(fine(none));
        assertThat(type("cluster", "show", "-s", "unreachable")).isEqualTo(fine(none));
    }

    @Test
    void showIsJsonForPrograms() throws IOException {
        var json = new ObjectMapper()
                .readTree(type("cluster", "show", "-o", "json").out());

        assertThat(json.at("/members/0/address").asText()).isEqualTo(ADDRESS);
        assertThat(json.at("/members/0/reachable").asBoolean()).isTrue();
        assertThat(json.at("/partitions/0/alert_cursor").asLong()).isEqualTo(118);
    }

    @Test
    void showEndsWithStatus1WhereAPartitionWaitsForAPerson() {
        node.raise("the log was cut");
        try {
            var shown = type("cluster", "show");

            assertThat(shown.status()).isEqualTo(Exit.UNWELL);
            assertThat(shown.out()).contains("17  the log was cut");
        } finally {
            node.raise(null);
        }
    }

    @Test
    void answersOfANodeHaveEveryForm() {
        assertThat(type("cluster", "show", "-o", "name")).isEqualTo(fine(ADDRESS + "\n"));
        assertThat(type("cluster-sharding", "list-regions", "-o", "jsonl"))
                .isEqualTo(fine("\"partition\"\n\"watcher\"\n"));
        assertThat(type("cluster", "status", "-o", "yaml").out()).contains("address: " + ADDRESS + "\n");
        assertThat(type("actor", "hierarchy", "-s", "/user/family", "-o", "name")
                        .out())
                .contains("/user/family/adam\n");
        assertThat(type("cluster", "show", "-o", "xml"))
                .isEqualTo(new Typed(
                        Exit.USAGE,
                        "",
                        "riskcluster: xml is no format, allowed: table, wide, json, jsonl, yaml, name\n"));
    }

    @Test
    void thePalettesThatTheProgramNamesAreThoseThatANodeBrings() {
        var address = riskcluster.node.terminal.OperatorAddress.of(node.operator());
        try (var client = riskcluster.node.operate.client.OperatorClient.connect(address)) {
            var brought = client.learnt().palettes().stream()
                    .collect(java.util.stream.Collectors.toMap(
                            palette -> palette.name(),
                            palette -> palette.commands().stream()
                                    .map(command -> command.name())
                                    .toList()));

            assertThat(RemoteCommands.PALETTES).isEqualTo(brought);
        }
    }

    @Test
    void statusIsThisNodeAndLeaderItsAddress() {
        assertThat(type("cluster", "status")).isEqualTo(fine("""
            address                              roles  status  reachability  version  leader
            pekko://riskcluster@127.0.0.1:55555  []     up                    0.0.0    leader
            """));
        assertThat(type("cluster", "leader")).isEqualTo(fine(ADDRESS + "\n"));
        assertThat(type("cluster", "leader", "-o", "json")).isEqualTo(fine("\"" + ADDRESS + "\"\n"));
        assertThat(type("actor", "system")).isEqualTo(fine(ADDRESS + "\n"));
    }

    @Test
    void whatDoesNotNeedToChangeDoesNotFail() {
        assertThat(type("cluster", "down-unreachable")).isEqualTo(fine("no node is unreachable\n"));
    }

    @Test
    void aMemberThatIsNoneIsNamedWithThoseThatAre() {
        assertThat(type("cluster", "leave", "-a", "127.0.0.1:1"))
                .isEqualTo(new Typed(
                        Exit.UNWELL,
                        "",
                        "riskcluster: no member has the address pekko://riskcluster@127.0.0.1:1; members: " + ADDRESS
                                + "\n"));
        assertThat(type("cluster", "down", "-a", "akka.tcp://other@127.0.0.1:4053")
                        .err())
                .isEqualTo("riskcluster: akka.tcp://other@127.0.0.1:4053 is of another actor system; this one is"
                        + " pekko://riskcluster\n");
        assertThat(type("cluster", "down", "-a", "nonsense").status()).isEqualTo(Exit.USAGE);
        assertThat(type("cluster", "join", "-a", ADDRESS).err())
                .isEqualTo("riskcluster: this node is a member already (up); it joins once in its life\n");
    }

    @Test
    void regionsAreListedAndCounted() {
        assertThat(type("cluster-sharding", "list-regions")).isEqualTo(fine("partition\nwatcher\n"));
        var partition = """
            region     address                              roles  status  reachability  version  coordinator  shards  entities
            partition  pekko://riskcluster@127.0.0.1:55555  []     up                    0.0.0    coordinator       3         3
            """;
        assertThat(type("cluster-sharding", "region-stats", "-r", "partition")).isEqualTo(fine(partition));
        assertThat(type("cluster-sharding", "region-stats", "-t", "partition")).isEqualTo(fine(partition));
        assertThat(type("cluster-sharding", "region-stats").out()).contains("\nwatcher    pekko://");
        assertThat(type("cluster-sharding", "region-stats", "-r", "partitio"))
                .isEqualTo(new Typed(
                        Exit.UNWELL,
                        "",
                        "riskcluster: no region 'partitio' on this node; did you mean 'partition'?; regions:"
                                + " partition, watcher\n"));
    }

    @Test
    void hierarchyIsInTheOrderOfNamesDownToTheDepth() {
        assertThat(type("actor", "hierarchy", "-s", "/user/family", "-d", "0")).isEqualTo(fine("/user/family\n"));
        assertThat(type("actor", "hierarchy", "-s", node.address() + "/user/family"))
                .isEqualTo(fine("""
                    /user/family
                    /user/family/adam
                    /user/family/mia
                    /user/family/zoe
                    """));
        assertThat(type("actor", "hierarchy", "-d", "1").out())
                .contains("/system\n", "/system/sharding\n", "/user\n/user/crowd\n/user/family\n")
                .doesNotContain("/user/family/");
    }

    @Test
    void aCrowdOfChildrenIsCountedAndItsFirstAreNamed() throws IOException {
        assertThat(type("actor", "hierarchy", "-s", "/user/crowd", "-n", "3")).isEqualTo(fine("""
            /user/crowd
            /user/crowd/$+
            /user/crowd/$++
            /user/crowd/$+0
            /user/crowd/... and 4997 more
            """));
        var json = new ObjectMapper()
                .readTree(type("actor", "hierarchy", "-s", "/user/crowd", "-o", "json")
                        .out());
        assertThat(json.at("/0/children").asInt()).isEqualTo(CHILDREN);
        assertThat(json.at("/0/hidden").asInt()).isEqualTo(CHILDREN - 50);
    }

    @Test
    void hierarchyOfAQuietSystemIsTheSameInAHundredRuns() {
        var first = type("actor", "hierarchy", "-d", "8");

        assertThat(first.out().lines()).hasSizeGreaterThan(70);
        for (var run = 1; run < 100; run++) {
            assertThat(type("actor", "hierarchy", "-d", "8")).as("run " + run).isEqualTo(first);
        }
    }

    @Test
    void anActorThatIsNotThereFails() {
        assertThat(type("actor", "hierarchy", "-s", "/user/nobody").err())
                .isEqualTo("riskcluster: no actor /user/nobody lives on this node\n");
        assertThat(type("actor", "hierarchy", "-s", "pekko://riskcluster@10.0.0.9:7355/user")
                        .err())
                .contains("is not on this node");
    }

    @Test
    void helpIsWhatTheNodeTells() {
        assertThat(type("help", "cluster", "leave")).isEqualTo(fine("""
            Usage: [HOST:PORT] cluster leave [-a ADDRESS]
            Lets a node leave: its partitions move first. Without an address: this node.
              -a, --address ADDRESS  The node that leaves.
            """));
        assertThat(type("cluster", "leave", "--help")).isEqualTo(type("help", "cluster", "leave"));
        assertThat(type("help", "cluster-sharding")).isEqualTo(fine("""
            What is spread over the nodes, and how.
              cluster-sharding list-regions  Lists what is sharded: the regions of this node.
              cluster-sharding region-stats  Shows how many shards and entities each node has.
            """));
        assertThat(type("help").out())
                .startsWith("Commands of " + ADDRESS + ":\n  actor hierarchy ")
                .contains("  cluster down-unreachable  ");
    }

    @Test
    void wrongWordsEndWithStatus2AndWhatMayHaveBeenMeant() {
        assertThat(type("cluster", "shwo"))
                .isEqualTo(misused("no command 'cluster shwo'; did you mean 'cluster show'?"));
        assertThat(type("clster", "show")).isEqualTo(misused("no command 'clster'; did you mean 'cluster'?"));
        assertThat(type("cluster", "show", "--hots", "x"))
                .isEqualTo(misused("no option '--hots'; did you mean '--host'?; see 'help cluster show'"));
        assertThat(type("cluster", "down"))
                .isEqualTo(misused("-a|--address ADDRESS is missing; see 'help cluster down'"));
        assertThat(type("cluster", "down", "-a"))
                .isEqualTo(misused("-a needs a value: ADDRESS; see 'help cluster down'"));
        assertThat(type("actor", "hierarchy", "-d", "deep")).isEqualTo(misused("-d is 'deep', allowed: 0 to 100"));
        assertThat(type("cluster", "show", "--timeout", "soon").status()).isEqualTo(Exit.USAGE);
    }

    private static Typed misused(String sentence) {
        return new Typed(Exit.USAGE, "", "riskcluster: " + sentence + "\n");
    }

    @Test
    void withoutANodeTheStatusIs3AndTheSentenceSaysWhatToDo() {
        var nobody = "127.0.0.1:" + FreePort.from(0);

        assertThat(Typed.type(nobody, "cluster", "show"))
                .isEqualTo(new Typed(
                        Exit.UNREACHABLE,
                        "",
                        "riskcluster: no node listens at " + nobody + "; start one with 'riskcluster dev' or name"
                                + " another: riskcluster HOST:PORT ...\n"));
    }

    @Test
    void aPaletteWithoutACommandIsWrongUsageWithoutAnyNode() {
        assertThat(Typed.type("cluster"))
                .isEqualTo(
                        new Typed(Exit.USAGE, "", "Missing command of the node; see 'riskcluster cluster --help'\n"));
    }
}
