package riskcluster.node.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariPoolMXBean;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.InFlight;

/** Holds the page of what is bounded to the metrics that there are. */
class LimitsPageTest {

    private static final Path PAGE = Path.of(System.getProperty("riskcluster.root"), "docs", "limits.md");
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([^|]+) \\| ([^|]+) \\| ([^|]*) \\|$");
    private static final Pattern NAME = Pattern.compile("`(riskcluster_[a-z_]+|_[a-z_]+)`");

    @Test
    void everyBoundIsMeasuredByAMetricThatANodeTells() throws IOException {
        var told = told();
        var rows = rows();

        assertThat(rows).hasSizeGreaterThan(15).allSatisfy(row -> {
            var names = NAME.matcher(row.group(3))
                    .results()
                    .map(each -> each.group(1))
                    .toList();
            assertThat(names).as(row.group()).isNotEmpty();
            assertThat(names.getFirst()).as(row.group()).startsWith("riskcluster_");
            assertThat(names).as(row.group()).allMatch(name -> told.contains(whole(name, names.getFirst())));
        });
    }

    /** A name that begins with its last part goes on from the first of its row. */
    private static String whole(String name, String first) {
        return name.startsWith("_") ? first.substring(0, first.lastIndexOf('_')) + name : name;
    }

    private static List<MatchResult> rows() throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf("| what | bound |");
        var table = page.substring(begin, page.indexOf("\n\n", begin)) + "\n";
        return ROW.matcher(table)
                .results()
                .filter(row -> !row.group(1).equals("what") && !row.group(1).startsWith("--"))
                .toList();
    }

    /** The names of all metrics of a node in which everything has happened once. */
    private static List<String> told() {
        try (var metrics = Metrics.start(Clock.systemUTC())) {
            metrics.watch(pool());
            var partition = metrics.partition(new LogPartition("transactions", 0));
            partition.inFlight(new InFlight(1, 1, 1, 1, 1, 1, 1));
            partition.lag(1);
            partition.customers(1);
            metrics.commits().committed(1, 1, 1, 1, 1);
            return metrics.text()
                    .lines()
                    .filter(line -> line.startsWith("# TYPE "))
                    .map(line -> line.split(" ")[2])
                    .toList();
        }
    }

    private static HikariPoolMXBean pool() {
        return (HikariPoolMXBean) Proxy.newProxyInstance(
                HikariPoolMXBean.class.getClassLoader(),
                new Class<?>[] {HikariPoolMXBean.class},
                (proxy, method, arguments) -> method.getReturnType() == int.class ? 1 : null);
    }
}
