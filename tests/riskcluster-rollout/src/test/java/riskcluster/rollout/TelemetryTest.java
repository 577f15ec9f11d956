package riskcluster.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static riskcluster.rollout.Project.each;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import riskcluster.programs.Program;

/** Dashboards and alert rules ask for figures that a node tells, and the rules fire when they should. */
class TelemetryTest {

    private static final Pattern METRIC = Pattern.compile("\\b(riskcluster_[a-z_]+)\\b");
    private static final List<String> DASHBOARDS =
            List.of("cluster-overview", "lakehouse-freshness", "pipeline", "risk");

    private static JsonNode dashboard(String name) {
        return Project.json("telemetry/dashboards/" + name + ".json");
    }

    private static Stream<JsonNode> rules() {
        var rules = Project.yaml(Project.text("telemetry/alerts.yml")).getFirst();
        return each(rules.path("groups")).flatMap(group -> each(group.path("rules")));
    }

    private static Stream<String> queries(JsonNode dashboard) {
        return each(dashboard.path("panels"))
                .flatMap(panel -> each(panel.path("targets")))
                .map(target -> target.path("expr").asText());
    }

    @Test
    void everyPanelAsksForFiguresThatANodeTells() {
        var told = NodeMetrics.names();
        assertThat(DASHBOARDS.stream().flatMap(name -> queries(dashboard(name))))
                .hasSizeGreaterThan(30)
                .allSatisfy(query -> assertThat(Project.found(METRIC, query))
                        .as(query)
                        .isNotEmpty()
                        .isSubsetOf(told));
    }

    @Test
    void everyPanelHasATitleAUnitAndAPlaceOfItsOwn() {
        assertThat(DASHBOARDS.stream().map(name -> dashboard(name).path("uid").asText()))
                .doesNotHaveDuplicates();
        assertThat(DASHBOARDS).allSatisfy(name -> {
            var panels = each(dashboard(name).path("panels")).toList();
            assertThat(panels).isNotEmpty().allSatisfy(panel -> {
                assertThat(panel.path("title").asText()).isNotEmpty();
                assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
                assertThat(panel.at("/gridPos/x").asInt()
                                + panel.at("/gridPos/w").asInt())
                        .isLessThanOrEqualTo(24);
            });
            assertThat(panels.stream().map(panel -> panel.path("gridPos").toString()))
                    .doesNotHaveDuplicates();
            assertThat(panels.stream().map(panel -> panel.path("id").asInt())).doesNotHaveDuplicates();
        });
    }

    @Test
    void everyRuleAsksForFiguresThatANodeTellsAndSaysWhatToDo() {
        var told = NodeMetrics.names();
        assertThat(rules()).hasSizeGreaterThan(10).allSatisfy(rule -> {
            var query = rule.path("expr").asText();
            assertThat(Project.found(METRIC, query)).as(query).isSubsetOf(told);
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(rule.at("/annotations/summary").asText()).isNotEmpty();
            assertThat(rule.at("/annotations/description").asText()).isNotEmpty();
        });
    }

    @Test
    void everyRuleIsTestedWhereItFires() {
        var tests = Project.yaml(Project.text("telemetry/alerts.test.yml")).getFirst();
        var firing = each(tests.path("tests"))
                .flatMap(test -> each(test.path("alert_rule_test")))
                .filter(expected -> expected.has("exp_alerts"))
                .map(expected -> expected.path("alertname").asText())
                .distinct();
        assertThat(firing)
                .containsExactlyInAnyOrderElementsOf(
                        rules().map(rule -> rule.path("alert").asText()).toList());
    }

    /** Two seconds; Debian's package prometheus has promtool. */
    @Test
    void rulesFireWhenTheyShouldAndNotBefore() throws Exception {
        var promtool = Program.find("promtool");
        assumeTrue(promtool.isPresent(), "not run: promtool is not installed");

        var answer = Project.run(
                promtool.get().toString(),
                "test",
                "rules",
                Project.file("telemetry/alerts.test.yml").toString());
        assertThat(answer.status()).as(answer.text()).isZero();
    }
}
