package riskcluster.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.InFlight;
import riskcluster.contracts.metrics.PartitionMeter;

class MetricsTest {
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"");
    private static final List<String> BASE_UNITS = List.of("_seconds", "_bytes");
    private static final Pattern OTHER_UNITS =
            Pattern.compile(".*_(millis|milliseconds|ms|micros|nanos|minutes|kilobytes|megabytes|percent)(_.*)?");

    private final Metrics metrics = Metrics.start(Clock.fixed(Instant.ofEpochSecond(1_000), ZoneOffset.UTC));

    @AfterEach
    void close() {
        metrics.close();
    }

    @Test
    void whatPartitionsTellIsCountedByBandAndReason() {
        var partitions = partition(0);
        partitions.received(10, 2_000);
        partitions.decided(Band.HIGH, 2);
        partitions.decided(Band.HIGH, 1);
        partitions.decided(Band.LOW, 4);
        partitions.rejected(Reason.NOT_DECODABLE, 3);
        partitions.alertLatency(40);

        assertThat(metrics.text())
                .contains("riskcluster_records_received_total 10.0\n")
                .contains("riskcluster_received_bytes_total 2000.0\n")
                .contains("riskcluster_decisions_total{band=\"HIGH\"} 3.0\n")
                .contains("riskcluster_decisions_total{band=\"LOW\"} 4.0\n")
                .contains("riskcluster_records_rejected_total{reason=\"RC-1003\"} 3.0\n")
                .contains("riskcluster_alert_latency_seconds_bucket{le=\"0.03\"} 0\n")
                .contains("riskcluster_alert_latency_seconds_bucket{le=\"0.05\"} 1\n")
                .contains("riskcluster_alert_latency_seconds_sum 0.04\n");
    }

    @Test
    void whatIsInFlightAndWhatIsWrongIsToldByPartition() {
        partition(0).inFlight(new InFlight(1, 2, 3, 4, 5, 6, 7));
        partition(0).alarmed(true);
        partition(0).resting(true);
        partition(1).alarmed(false);
        partition(1).split(2);

        assertThat(metrics.text())
                .contains("riskcluster_rounds{partition=\"0\"} 1.0\n")
                .contains("riskcluster_rows_unwritten{partition=\"0\"} 2.0\n")
                .contains("riskcluster_unwritten_bytes{partition=\"0\"} 3.0\n")
                .contains("riskcluster_alerts_uncommitted{partition=\"0\"} 4.0\n")
                .contains("riskcluster_records_unsealed{partition=\"0\"} 5.0\n")
                .contains("riskcluster_profiles_unsaved{partition=\"0\"} 6.0\n")
                .contains("riskcluster_files_open{partition=\"0\"} 7.0\n")
                .contains("riskcluster_partition_alarm{partition=\"0\"} 1.0\n")
                .contains("riskcluster_partition_alarm{partition=\"1\"} 0.0\n")
                .contains("riskcluster_customers_split_total 2.0\n")
                .contains("riskcluster_heap_used_bytes ")
                .contains("riskcluster_descriptors_open ");
    }

    @Test
    void lagAndCustomersAreToldApartByPartition() {
        partition(0).lag(5);
        partition(1).lag(7);
        partition(1).customers(9);

        assertThat(metrics.text())
                .contains("riskcluster_lag_records{partition=\"0\"} 5.0\n")
                .contains("riskcluster_lag_records{partition=\"1\"} 7.0\n")
                .contains("riskcluster_customers{partition=\"1\"} 9.0\n");
        assertThat(metrics.sum("riskcluster_lag_records")).isEqualTo(12);
    }

    @Test
    void commitsTellTheirTimeTheirBatchAndWhatFailed() {
        metrics.commits().committed(17, 4, 1_000, 8, 250_000_000);
        metrics.commits().freshness(4_000);
        metrics.commits().failed();

        assertThat(metrics.text())
                .contains("riskcluster_batch 17.0\n")
                .contains("riskcluster_commit_duration_seconds_sum 0.25\n")
                .contains("riskcluster_freshness_seconds_count 1\n")
                .contains("riskcluster_commit_failures_total 1.0\n")
                .contains("riskcluster_last_commit_timestamp_seconds 1000.0\n");
        assertThat(metrics.sum("riskcluster_committed_records")).isEqualTo(1_000);
    }

    @Test
    void tablesTellWhatABatchAddedAndWhatTheyHold() {
        metrics.commits().grew("silver.transactions", 2, 2_000, 7, 9_000);
        metrics.commits().grew("silver.transactions", 1, 500, 8, 9_500);

        assertThat(metrics.text())
                .contains("riskcluster_table_added_files_total{table=\"silver.transactions\"} 3.0\n")
                .contains("riskcluster_table_added_bytes_total{table=\"silver.transactions\"} 2500.0\n")
                .contains("riskcluster_table_files{table=\"silver.transactions\"} 8.0\n")
                .contains("riskcluster_table_size_bytes{table=\"silver.transactions\"} 9500.0\n");
    }

    @Test
    void scansTellWhatTheyFoundByTable() {
        metrics.commits().planned("gold.features", 7, 2, 30_000_000);

        assertThat(metrics.text())
                .contains("riskcluster_scans_total{table=\"gold.features\"} 1.0\n")
                .contains("riskcluster_scan_files_total{table=\"gold.features\"} 7.0\n")
                .contains("riskcluster_scan_manifests_total{table=\"gold.features\"} 2.0\n")
                .contains("riskcluster_scan_planning_duration_seconds_sum 0.03\n");
    }

    @Test
    void requestsAreCountedByRouteAndClassOfStatus() {
        metrics.http().answered("/v1/sql", 200, 30_000_000);
        metrics.http().answered("/v1/sql", 404, 30_000_000);

        assertThat(metrics.text())
                .contains("riskcluster_http_requests_total{route=\"/v1/sql\",status=\"2xx\"} 1.0\n")
                .contains("riskcluster_http_requests_total{route=\"/v1/sql\",status=\"4xx\"} 1.0\n")
                .contains("riskcluster_http_request_duration_seconds_bucket{route=\"/v1/sql\",le=\"0.05\"} 2\n");
    }

    /** Prometheus sees no increase in a series that begins with its first failure. */
    @Test
    void whatMayNeverHappenIsToldFromTheStart() {
        assertThat(metrics.text())
                .contains("riskcluster_commit_failures_total 0.0\n")
                .contains("riskcluster_customers_split_total 0.0\n")
                .contains("riskcluster_gold_left_out_total 0.0\n")
                .contains("riskcluster_duplicates_total 0.0\n");
    }

    @Test
    void everyNameFollowsThePrometheusConventions() {
        tellEverything();

        var families = metrics.text()
                .lines()
                .filter(line -> line.startsWith("# TYPE "))
                .map(line -> line.split(" "))
                .toList();
        assertThat(families).hasSize(67).allSatisfy(family -> {
            var name = family[2];
            assertThat(name).matches("riskcluster(_[a-z]+)+").doesNotMatch(OTHER_UNITS);
            switch (family[3]) {
                case "counter" -> assertThat(name).endsWith("_total");
                case "histogram" -> assertThat(BASE_UNITS).anyMatch(name::endsWith);
                default -> assertThat(name).doesNotEndWith("_total");
            }
        });
    }

    @Test
    void everyMetricIsDescribedAndEveryLabelIsBounded() {
        tellEverything();

        var text = metrics.text();
        assertThat(text.lines().filter(line -> line.startsWith("# HELP ")).map(line -> line.split(" ").length))
                .allMatch(words -> words > 4);
        assertThat(LABEL.matcher(text).results().map(match -> match.group(1)).distinct())
                .containsExactlyInAnyOrder("band", "reason", "partition", "le", "table", "client", "route", "status");
    }

    private PartitionMeter partition(int number) {
        return metrics.partition(new LogPartition("transactions", number));
    }

    private void tellEverything() {
        partition(0).inFlight(new InFlight(1, 2, 3, 4, 5, 6, 7));
        partition(0).alarmed(true);
        partition(0).resting(true);
        partition(0).split(1);
        var partition = partition(3);
        partition.received(1, 1);
        for (var band : Band.values()) {
            partition.decided(band, 1);
        }
        for (var reason : Reason.values()) {
            partition.rejected(reason, 1);
        }
        partition.duplicated(1);
        partition.late(1);
        partition.alerted(1);
        partition.alertLatency(1);
        partition.lag(1);
        partition.customers(1);
        partition.sealed(1, 1);
        partition.saved(1, 1);
        metrics.watch(() -> 3, () -> 1);
        metrics.commits().committed(1, 1, 1, 1, 1);
        metrics.commits().failed();
        metrics.commits().freshness(1);
        metrics.commits().grew("silver.transactions", 1, 1, 1, 1);
        metrics.commits().planned("silver.transactions", 1, 1, 1);
        metrics.http().answered("/v1/cluster", 200, 1);
        MadeClient.tellEverything(metrics.kafka());
    }
}
