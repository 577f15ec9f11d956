package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.sharding.typed.ShardingEnvelope;
import org.apache.pekko.cluster.sharding.typed.ShardingMessageExtractor;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.Entity;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityTypeKey;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import riskcluster.node.operate.OneNode;
import riskcluster.node.terminal.Exit;

/** Whether a cluster is well, and where its partitions are, typed against a node that has one. */
class HealthCommandsTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Of the same width as the real one, which has any port. */
    private static final String ADDRESS = "pekko://riskcluster@127.0.0.1:55555";

    /** A shard for each entity, as partitions have. */
    private static final ShardingMessageExtractor<ShardingEnvelope<Ping>, Ping> ONE_EACH =
            new ShardingMessageExtractor<>() {
                @Override
                public String entityId(ShardingEnvelope<Ping> envelope) {
                    return envelope.entityId();
                }

                @Override
                public String shardId(String entityId) {
                    return entityId;
                }

                @Override
                public Ping unwrapMessage(ShardingEnvelope<Ping> envelope) {
                    return envelope.message();
                }
            };

    private static OneNode node;

    /** Asks an entity whether it lives. */
    private record Ping(ActorRef<String> replyTo) {}

    @BeforeAll
    static void start() {
        node = OneNode.up(Behaviors.empty());
        var key = EntityTypeKey.create(Ping.class, "partition");
        var sharding = ClusterSharding.get(node.system());
        Behavior<Ping> pong = Behaviors.receiveMessage(ping -> {
            ping.replyTo().tell("pong");
            return Behaviors.same();
        });
        sharding.init(Entity.of(key, entity -> pong).withMessageExtractor(ONE_EACH));
        sharding.entityRefFor(key, "0")
                .<String>ask(Ping::new, SOON)
                .toCompletableFuture()
                .join();
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
    void aClusterThatIsWellSaysSoInEveryForm() {
        assertThat(type("cluster", "health")).isEqualTo(fine("well: 1 members, 1 partitions\n"));
        assertThat(type("cluster", "health", "-w")).isEqualTo(fine("well: 1 members, 1 partitions\n"));
        assertThat(type("cluster", "health", "-e")).isEqualTo(fine(""));
        assertThat(type("cluster", "health", "-o", "yaml").out()).contains("status: well", "why: []");
    }

    @Test
    void aClusterThatIsUnwellSaysWhyAndWhatToDo() {
        node.raise("the log was cut");
        try {
            var health = type("cluster", "health");

            assertThat(health.status()).isEqualTo(Exit.UNWELL);
            assertThat(health.out())
                    .startsWith("unwell: 1 members, 1 partitions\n")
                    .contains("RC-2004  partition 0: the log was cut  do what its alarm says");
            assertThat(type("cluster", "health", "-e"))
                    .isEqualTo(
                            new Typed(Exit.UNWELL, "", "riskcluster: unwell: RC-2004 partition 0: the log was cut\n"));
            assertThat(type("cluster", "health", "-o", "name").out()).isEqualTo("RC-2004\n");
            var waited = type("cluster", "health", "-w", "-e", "--timeout", "1");
            assertThat(waited.status()).isEqualTo(Exit.TIMEOUT);
            assertThat(waited.err()).endsWith("riskcluster: not well within 1 s; wait longer with --timeout SECONDS\n");
        } finally {
            node.raise(null);
        }
    }

    @Test
    void waitingEndsWhenTheClusterIsWell() {
        node.raise("for a moment");
        var mended = CompletableFuture.runAsync(() -> node.raise(null));

        assertThat(type("cluster", "health", "-w", "--timeout", "20").out()).startsWith("well:");
        assertThat(mended).succeedsWithin(SOON);
    }

    @Test
    void partitionsAreListedWithTheirNodesAndWhatIsBehind() {
        assertThat(type("partition", "list")).isEqualTo(fine("""
            partition  node                                 epoch  position  alerts behind  data behind  profiles behind  customers  alarm
                    0  pekko://riskcluster@127.0.0.1:55555      3       120              2           20               40         17
            """));
        assertThat(type("partition", "list", "-o", "name")).isEqualTo(fine("0\n"));
        assertThat(type("partition", "list", "--alarmed", "-o", "name")).isEqualTo(fine(""));
    }

    @Test
    void aPartitionIsShownByItsNumberAlone() {
        assertThat(type("partition", "show", "0")).isEqualTo(fine("""
            partition       0
            node            pekko://riskcluster@127.0.0.1:55555
            epoch           3
            position        120
            alert cursor    118
            data cursor     100
            profile cursor  80
            customers       17
            alarm
            """));
        assertThat(type("partition", "show", "-p", "0").status()).isZero();
        assertThat(type("partition", "show", "5"))
                .isEqualTo(new Typed(Exit.UNWELL, "", "riskcluster: there is no partition 5; there are 0 to 0\n"));
        assertThat(type("partition", "show", "x").err()).contains("-p is 'x', allowed: 0 to 999999");
        assertThat(type("partition", "show", "0", "1").err()).contains("'1' is not expected");
        assertThat(type("partition", "show").err()).contains("-p|--partition N is missing");
    }

    @Test
    void aPausedPartitionSaysByWhomSinceWhenAndWhyAndIsNotUnwell() {
        assertThat(type("partition", "pause", "0", "--reason", "the lake moves", "--yes"))
                .isEqualTo(fine("""
                    partition  status  rests at
                            0  rests        120
                    """));
        try {
            var why = "rests at 120, paused by anybody since 2026-03-02T14:00:00Z: the lake moves";
            assertThat(type("cluster", "health"))
                    .isEqualTo(fine("well: 1 members, 1 partitions\npartition 0 " + why + "\n"));
            assertThat(type("partition", "list").out()).contains("paused", why);
            assertThat(type("partition", "show", "0").out()).contains(why);
        } finally {
            assertThat(type("partition", "resume", "--all", "--yes").out()).contains("0  goes on");
        }
        assertThat(type("partition", "list").out()).doesNotContain("paused");
    }

    @Test
    void aPauseIsOnlyMadeByWhoSaysYesAndNamesPartitionsThatAreThere() {
        assertThat(type("partition", "pause", "0"))
                .isEqualTo(new Typed(
                        Exit.USAGE,
                        "",
                        "riskcluster: nothing was done: give --yes where nobody can be asked, or --dry-run to see what"
                                + " it is\n"));
        assertThat(type("partition", "pause", "--all", "--dry-run").out()).contains("0  would rest");
        assertThat(type("cluster", "health")).isEqualTo(fine("well: 1 members, 1 partitions\n"));
        assertThat(type("partition", "pause", "0-1", "--yes").err()).contains("there are 0 to 0");
        assertThat(type("partition", "pause", "0,x", "--yes").err()).contains("-p is '0,x', allowed");
        assertThat(type("partition", "pause", "0", "--all", "--yes").err()).contains("not both");
        assertThat(type("partition", "pause", "--yes").err()).contains("-p|--partition N is missing");
        assertThat(type("partition", "resume", "0", "--yes").out()).contains("0  is not paused");
    }

    @Test
    void aPartitionThatStandsStillEndsWithStatus1() {
        node.raise("the log was cut");
        try {
            assertThat(type("partition", "list", "--alarmed").out()).contains("17  the log was cut");
            assertThat(type("partition", "list").status()).isEqualTo(Exit.UNWELL);
            assertThat(type("partition", "show", "0").status()).isEqualTo(Exit.UNWELL);
        } finally {
            node.raise(null);
        }
    }
}
