package riskcluster.node.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import riskcluster.node.doctor.Diagnosis.Wrong;
import riskcluster.node.explain.Finding;

/** What a node's answers show of its health. Looks at answers only, and asks nobody. */
public final class Symptoms {

    private static final Pattern FIGURE =
            Pattern.compile("(?<name>riskcluster_[a-z_]+)(?:\\{[^}]*})? (?<value>[0-9.eE+-]+)");

    private Symptoms() {}

    /** What {@code cluster health} says is wrong. */
    public static Diagnosis health(JsonNode health) {
        return new Diagnosis(
                "members and partitions",
                each(health.path("why")).stream()
                        .flatMap(cause -> Arrays.stream(Finding.values())
                                .filter(finding ->
                                        finding.code().equals(cause.path("code").asText()))
                                .map(finding ->
                                        new Wrong(finding, cause.path("where").asText())))
                        .toList());
    }

    /** Whether all members run one version. */
    public static Diagnosis versions(JsonNode cluster) {
        var versions = each(cluster.path("members")).stream()
                .map(member -> member.path("version").asText())
                .collect(Collectors.toCollection(TreeSet::new));
        return versions.size() < 2
                ? Diagnosis.fine("versions")
                : Diagnosis.of("versions", Finding.VERSIONS_DIFFER, String.join(", ", versions));
    }

    /** Whether both interfaces are of the same cluster: they know a member in common. */
    public static Diagnosis sameCluster(JsonNode byHttp, JsonNode byOperator) {
        var one = addresses(byHttp);
        var other = addresses(byOperator);
        var common = new TreeSet<>(one);
        common.retainAll(other);
        return !common.isEmpty() || one.isEmpty() || other.isEmpty()
                ? Diagnosis.fine("one cluster")
                : Diagnosis.of(
                        "one cluster",
                        Finding.TWO_CLUSTERS,
                        "by HTTP " + String.join(", ", one) + "; by the operators' interface "
                                + String.join(", ", other));
    }

    /** What the node says of itself at {@code /health/ready}. */
    public static Diagnosis ready(JsonNode health) {
        var wrong = new ArrayList<Wrong>();
        if (!health.path("ready").asBoolean()) {
            each(health.path("why")).forEach(why -> wrong.add(new Wrong(Finding.NOT_READY, why.asText())));
        }
        each(health.path("alarms")).forEach(alarm -> wrong.add(new Wrong(Finding.QUALITY_BROKEN, alarm.asText())));
        return new Diagnosis("the node itself", wrong);
    }

    /** What its counters show. */
    public static Diagnosis figures(String metrics) {
        var wrong = new ArrayList<Wrong>();
        positive(metrics, "riskcluster_customers_split_total", Finding.CUSTOMERS_SPLIT, "customers", wrong);
        positive(metrics, "riskcluster_commit_failures_total", Finding.COMMITS_FAIL, "since the node's start", wrong);
        return new Diagnosis("counters", wrong);
    }

    private static void positive(String metrics, String name, Finding finding, String unit, List<Wrong> wrong) {
        var sum = metrics.lines()
                .map(FIGURE::matcher)
                .filter(matcher -> matcher.matches() && matcher.group("name").equals(name))
                .mapToDouble(matcher -> Double.parseDouble(matcher.group("value")))
                .sum();
        if (sum > 0) {
            wrong.add(new Wrong(finding, name + " is " + Math.round(sum) + " (" + unit + ")"));
        }
    }

    private static Set<String> addresses(JsonNode cluster) {
        return each(cluster.path("members")).stream()
                .map(member -> member.path("address").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
