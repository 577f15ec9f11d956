package riskcluster.node.answers;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import riskcluster.actors.partition.Partition;
import riskcluster.actors.policy.Window;
import riskcluster.actors.score.Profile;
import riskcluster.node.RiskNode;
import riskcluster.node.operate.Members;
import riskcluster.node.view.ClusterView;
import riskcluster.node.view.CustomerView;
import riskcluster.node.view.HealthView;
import riskcluster.node.view.Reply;

/** Answers that partitions give: how they are, and whom they know. */
public final class PartitionAnswers {

    private static final int UNITS_SCALE = 4;
    private static final int CENTS_SCALE = 2;

    private final RiskNode node;

    /** Answers of the partitions that this node can reach. */
    public PartitionAnswers(RiskNode node) {
        this.node = node;
    }

    /** Members and partitions. */
    public CompletionStage<Reply<ClusterView>> cluster() {
        return node.partitions().handle((described, failure) -> {
            if (failure != null) {
                return Reply.refused(Reply.Why.UNAVAILABLE, "the partitions do not answer; see the node's log");
            }
            var members = Members.of(node.system());
            var places = described.stream().map(PartitionAnswers::place).toList();
            return Reply.of(new ClusterView(node.config().cluster(), members, places));
        });
    }

    private static ClusterView.Place place(Partition.Described described) {
        return new ClusterView.Place(
                described.source().partition(),
                described.epoch(),
                described.position(),
                described.alertCursor(),
                described.dataCursor(),
                described.profileCursor(),
                described.customers(),
                described.alarm().orElse(null));
    }

    /** Ready: a member of the cluster, and every partition runs. */
    public CompletionStage<HealthView> health() {
        return node.partitions().handle((described, failure) -> {
            var why = new ArrayList<String>();
            if (failure != null) {
                why.add("the partitions do not answer yet");
            } else {
                for (var each : described) {
                    each.alarm().ifPresent(alarm -> why.add(each.source() + ": " + alarm));
                    if (each.alarm().isEmpty() && each.epoch() < 0) {
                        why.add(each.source() + " is between two tenures");
                    }
                }
            }
            return new HealthView(why.isEmpty(), why, node.pipeline().quality().alarms());
        });
    }

    /** The live profile of a customer. */
    public CompletionStage<Reply<CustomerView>> customer(String userId) {
        return node.customer(userId).handle((shown, failure) -> {
            if (failure != null) {
                return Reply.refused(Reply.Why.UNAVAILABLE, "the partitions do not answer; see the node's log");
            }
            if (shown.isEmpty()) {
                return Reply.refused(
                        Reply.Why.NOT_FOUND, "no partition knows a customer with this id: it is compared exactly");
            }
            var first = shown.getFirst();
            return Reply.of(
                    customer(userId, first.source().partition(), first.profile().orElseThrow()));
        });
    }

    private static CustomerView customer(String userId, int partition, Profile profile) {
        var newest = profile.size() == 0
                ? null
                : Instant.EPOCH.plus(profile.newestMicros(), ChronoUnit.MICROS).toString();
        return new CustomerView(userId, partition, profile.lastOffset(), newest, profile.size(), windows(profile));
    }

    private static List<CustomerView.Window> windows(Profile profile) {
        // totals always count one more event at the end of the window; it is taken out again
        var totals = profile.totals(profile.newestMicros(), 0);
        var windows = new ArrayList<CustomerView.Window>();
        for (var window : Window.ALL) {
            int count = totals.count(window) - 1;
            var sum = new BigDecimal(totals.sumUnits(window), UNITS_SCALE);
            var average = count == 0
                    ? null
                    : sum.divide(BigDecimal.valueOf(count), CENTS_SCALE, RoundingMode.HALF_EVEN)
                            .toPlainString();
            windows.add(new CustomerView.Window(
                    window.text(), count, sum.stripTrailingZeros().toPlainString(), average));
        }
        return windows;
    }
}
