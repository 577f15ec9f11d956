package riskcluster.node.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.cluster.Member;
import org.junit.jupiter.api.Test;
import riskcluster.node.operate.client.OperatorClient;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.operate.protocol.Frame;
import riskcluster.node.terminal.OperatorAddress;

/** The commands that change who is a member, and the one that follows it. */
class TwoNodesTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final List<String> lines = new ArrayList<>();

    @Test
    void aNodeJoinsAndLeavesAndEachChangeIsFollowed() {
        try (var first = OneNode.up(Behaviors.empty());
                var second = OneNode.alone();
                var watcher = client(first)) {
            assertThat(run(second, "cluster", "status").ending()).isEqualTo(Ending.FINE);
            assertThat(lines.getLast()).contains("removed");

            assertThat(run(second, "cluster", "join", "-a", first.address()))
                    .extracting(Frame.End::ending)
                    .isEqualTo(Ending.FINE);
            assertThat(lines).containsExactly(second.address() + " is up");
            first.await(() -> members(first).size() == 2);
            run(first, "cluster", "show", "-s", "up");
            assertThat(lines).hasSize(4).last().isEqualTo("Count: 2 nodes");

            var told = new ArrayList<String>();
            var end = watcher.run(List.of("cluster", "tail"), false, SOON, line -> {
                told.add(line);
                if (told.size() == 3) {
                    assertThat(run(first, "cluster", "leave", "-a", second.address())
                                    .ending())
                            .isEqualTo(Ending.FINE);
                }
                if (line.contains("removed")) {
                    watcher.cancel();
                }
            });

            assertThat(end.ending()).isEqualTo(Ending.FINE);
            assertThat(told.subList(0, 3).toString())
                    .contains("up           " + first.address(), "up           " + second.address(), "leader");
            assertThat(told.subList(3, told.size()))
                    .extracting(line -> line.split("  +")[1] + " " + line.split("  +")[2])
                    .containsSubsequence(
                            "leaving " + second.address(),
                            "exiting " + second.address(),
                            "removed " + second.address());
            assertThat(lines).containsExactly(second.address() + " is leaving");
        }
    }

    @Test
    void aNodeThatLeavesStillSaysSo() {
        try (var only = OneNode.up(Behaviors.empty())) {
            var end = run(only, "cluster", "leave");

            assertThat(end).isEqualTo(new Frame.End(1, Ending.FINE, ""));
            assertThat(lines).containsExactly(only.address() + " is leaving");
            only.await(() -> only.cluster().isTerminated());
        }
    }

    @Test
    void aDeadNodeIsDownedByAddressOrWithEveryOther() {
        try (var first = OneNode.up(Behaviors.empty())) {
            var second = OneNode.alone();
            run(second, "cluster", "join", "-a", first.address());
            var dead = second.address();
            second.close();
            first.await(() -> !first.cluster().state().getUnreachable().isEmpty());
            run(first, "cluster", "show", "-s", "unreachable");
            assertThat(lines.get(1)).contains(dead, "unreachable");
            assertThat(run(first, "cluster", "health").ending()).isEqualTo(Ending.FAILED);
            assertThat(lines).first().asString().startsWith("unwell: 2 members");
            assertThat(lines).anyMatch(line -> line.startsWith("RC-2001  " + dead));

            assertThat(run(first, "cluster", "down-unreachable").ending()).isEqualTo(Ending.FINE);

            assertThat(lines).containsExactly(dead + " is down");
            first.await(() -> members(first).size() == 1);

            try (var third = OneNode.alone()) {
                run(third, "cluster", "join", "--address=" + first.address());
                first.await(() -> members(first).size() == 2);

                assertThat(run(first, "cluster", "down", "-a", third.address()).ending())
                        .isEqualTo(Ending.FINE);

                assertThat(lines).containsExactly(third.address() + " is down");
                first.await(() -> third.cluster().isTerminated());
            }
        }
    }

    private static List<Member> members(OneNode node) {
        return Addresses.members(node.cluster());
    }

    private static OperatorClient client(OneNode node) {
        return OperatorClient.connect(OperatorAddress.parse(node.operator()).orElseThrow());
    }

    private Frame.End run(OneNode node, String... words) {
        lines.clear();
        try (var client = client(node)) {
            return client.run(List.of(words), false, SOON, lines::add);
        }
    }
}
