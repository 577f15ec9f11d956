package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReportTest {

    @TempDir
    private Path folder;

    @Test
    void aFileHasTheFiguresWithTheirUnitsAndAllThatTheyDependOn() throws IOException {
        var report = new Report("bench drain --records 8", Map.of("records", 8));
        report.add(
                "drain of 8 records", new Figures().put("records_per_second", 4).put("records", 8));
        report.add("the difference", new Figures().put("node_cpu_us_per_record", 2.5));

        report.write(folder.resolve("bench.json"));

        var json = new ObjectMapper().readTree(folder.resolve("bench.json").toFile());
        assertThat(json.at("/command").asText()).isEqualTo("bench drain --records 8");
        assertThat(json.at("/settings/records").asInt()).isEqualTo(8);
        assertThat(json.at("/at").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(json.at("/commit").asText()).isNotEmpty();
        assertThat(json.at("/machine/cores").asInt()).isPositive();
        assertThat(json.at("/machine/flags")).allMatch(flag -> flag.asText().startsWith("-X"));
        assertThat(json.at("/runs/0/figures/records_per_second/value").asDouble())
                .isEqualTo(4);
        assertThat(json.at("/runs/0/figures/records_per_second/unit").asText()).isEqualTo("records/s");
        assertThat(json.at("/runs/1/title").asText()).isEqualTo("the difference");
        assertThat(json.at("/runs/1/figures/node_cpu_us_per_record/unit").asText())
                .isEqualTo("µs/record");
    }

    @ParameterizedTest
    @CsvSource({
        "alert_exact_p99.9_ms, ms",
        "alert_exact_count, count",
        "records, count",
        "seconds, s",
        "longest_between_commits_s, s",
        "maintenance_seconds, s",
        "mb, MB",
        "peak_rss_mib, MiB",
        "bytes_per_customer, bytes/customer",
        "silver_copied_mb_per_second_of_cpu, MB/s of CPU",
        "silver_copied_mb_per_second, MB/s",
        "silver_transactions_large_percent, %",
        "silver_transactions_metadata_kb, kB",
        "pair_1_hot_over_calm_p99, ratio",
        "hot_share, ratio",
        "load_before, load",
        "json_cpu_ns, ns",
        "json_bytes, bytes"
    })
    void aNameEndsWithItsUnit(String name, String unit) {
        assertThat(Figures.unit(name)).isEqualTo(unit);
    }
}
