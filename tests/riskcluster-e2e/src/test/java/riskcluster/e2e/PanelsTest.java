package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.e2e.PrometheusServer.Rule;
import riskcluster.node.cluster.LocalCluster;

/** A Prometheus that scrapes two nodes under load has figures for every panel, and no reason to wake anybody. */
@Tag("full")
class PanelsTest {

    private static final int NODES = 2;
    private static final int PARTITIONS = 4;
    private static final Duration FORMED_MAX = Duration.ofSeconds(120);
    private static final Duration FIGURES_MAX = Duration.ofSeconds(120);

    /** One in a thousand is rejected, which is less than a rule wakes somebody for. */
    private static final double BAD_SHARE = 0.001;

    /** At once, more than a twentieth of a batch: a rule of quality is broken, which one of the panels shows. */
    private static final int BAD_AT_ONCE = 100;

    /** Where a node says that it answers. */
    private static final Pattern HTTP = Pattern.compile("(?m)^HTTP +(http://\\S+)$");

    /** A machine with much else to do may be slow for a moment; these wait five minutes before they fire. */
    private static final Set<String> OF_TIME = Set.of("RiskClusterAlertsLate", "RiskClusterStale");

    @Test
    void everyPanelHasFiguresAndNoRuleFiresWhereAllIsWell(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        assumeTrue(PrometheusServer.isInstalled(), "not run: prometheus is not installed (Debian: prometheus)");
        try (var machine = OneMachine.start(folder, PARTITIONS);
                var cluster = LocalCluster.of(folder, machine.config(), NODES)) {
            cluster.start(0);
            cluster.start(1);
            cluster.awaitEven(FORMED_MAX);
            try (var prometheus = PrometheusServer.start(folder, everySecond(cluster));
                    var load = Load.start(machine, BAD_SHARE)) {
                spoil(machine);
                Awaitility.await().atMost(FIGURES_MAX).untilAsserted(() -> {
                    askByHttp(cluster);
                    allHaveFigures(prometheus);
                });
                Awaitility.await().atMost(FIGURES_MAX).untilAsserted(() -> allRulesAreQuiet(prometheus));
                load.end();
            }
        }
    }

    /** The project's own settings, for those who look more often at the nodes that are here. */
    private static String everySecond(LocalCluster cluster) throws IOException {
        var nodes = cluster.alive().stream()
                .map(node -> node.management().toString())
                .collect(Collectors.joining(", ", "targets: [", "]"));
        var settings = PrometheusServer.settings()
                .replace("_interval: 15s", "_interval: 1s")
                .replace("targets: [node-1:7626, node-2:7626, node-3:7626]", nodes);
        assertThat(settings).contains("scrape_interval: 1s", "evaluation_interval: 1s", nodes);
        return settings;
    }

    /** Load comes by Kafka; of these requests the HTTP interface has something to tell. */
    private static void askByHttp(LocalCluster cluster) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            for (var node : cluster.alive()) {
                var address = HTTP.matcher(Files.readString(node.log()));
                assertThat(address.find()).isTrue();
                var ready = HttpRequest.newBuilder(URI.create(address.group(1) + "/health/ready"))
                        .build();
                assertThat(client.send(ready, BodyHandlers.discarding()).statusCode())
                        .isEqualTo(200);
            }
        }
    }

    private static void spoil(OneMachine machine) {
        var bytes = "no JSON".getBytes(StandardCharsets.UTF_8);
        try (var producer = machine.producer()) {
            for (int i = 0; i < BAD_AT_ONCE; i++) {
                producer.send(new ProducerRecord<>("transactions", bytes, bytes));
            }
        }
    }

    private static void allHaveFigures(PrometheusServer prometheus) throws IOException {
        assertThat(Panel.all())
                .hasSizeGreaterThan(50)
                .allSatisfy(panel -> assertThat(prometheus.values(panel.query()))
                        .isNotEmpty()
                        .allMatch(Double::isFinite));
    }

    private static void allRulesAreQuiet(PrometheusServer prometheus) throws IOException {
        var rules = prometheus.rules();
        assertThat(rules).hasSizeGreaterThan(10).extracting(Rule::health).containsOnly("ok");
        assertThat(rules)
                .filteredOn(rule -> !OF_TIME.contains(rule.name()))
                .extracting(Rule::state)
                .containsOnly("inactive");
        assertThat(rules).extracting(Rule::state).doesNotContain("firing");
    }
}
