package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.node.RiskNode;
import riskcluster.node.answers.LiveNode;
import riskcluster.node.http.NodeHttp;
import riskcluster.node.metrics.Metrics;
import riskcluster.programs.PythonEnvironment;

/** The tables as engines see them by the Postgres catalog and by a node's REST catalog, at the same batch. */
final class Engines {

    private static final Path SCRIPT = Path.of("tests/riskcluster-e2e/src/test/python/engines_agree.py");

    private Engines() {}

    /** Holds what PyIceberg and DuckDB read against each other, and runs the templates of {@code tools}. */
    static void agree(OneMachine machine, RiskNode node, Path folder) throws IOException {
        try (var metrics = Metrics.start(Clock.systemUTC());
                var live = new LiveNode(node, metrics);
                var http = NodeHttp.start(node.system(), live, 0)) {
            var pipeline = node.pipeline();
            long batch =
                    PinnedBatch.newest(pipeline.database(), pipeline.catalog()).id();
            var rest = http.address() + "/iceberg";
            var seen = run(
                    SCRIPT, machine.sqlAlchemyUrl(), rest, Long.toString(batch), Long.toString(Math.max(1, batch - 2)));
            new ObjectMapper().readTree(seen).forEach(Engines::check);
            query(rest, batch);
            stream(machine, folder);
        }
    }

    private static String run(Path script, String... arguments) throws IOException {
        var words = new String[arguments.length + 1];
        words[0] = PythonEnvironment.project(script).toString();
        System.arraycopy(arguments, 0, words, 1, arguments.length);
        var answer = PythonEnvironment.ready().run(words);
        assertThat(answer.status()).as(answer.text()).isZero();
        return answer.text();
    }

    private static void check(JsonNode seen) {
        assertThat(seen.path("rest")).as("PyIceberg by REST").isEqualTo(seen.path("postgres"));
        assertThat(seen.path("rest").size()).isEqualTo(Tables.ALL.size());
        assertThat(seen.path("rest").path("silver.transactions").path("rows").asInt())
                .isPositive();
        assertThat(seen.path("duckdb").path("catalog"))
                .as("DuckDB by REST")
                .isEqualTo(seen.path("duckdb").path("files"));
        assertThat(seen.path("duckdb").path("catalog").get(0).asInt())
                .isEqualTo(seen.path("rest")
                        .path("silver.transactions")
                        .path("rows")
                        .asInt());
        assertThat(seen.path("refused").asText()).isNotEqualTo("it was made");
    }

    private static void query(String rest, long batch) throws IOException {
        var days = run(Path.of("tools/query_iceberg.py"), "--rest", rest, "--batch", Long.toString(batch));
        assertThat(days.lines().findFirst()).hasValue("day\ttransactions\trevenue\talert_percent\tcustomers");
        assertThat(days.lines().count()).isGreaterThan(1);
    }

    /** The second run goes on where the first ended, so it finds nothing new. */
    private static void stream(OneMachine machine, Path folder) throws IOException {
        var arguments = new String[] {
            "--bootstrap",
            machine.bootstrap(),
            "--catalog",
            "sqlite:///" + folder.resolve("mine.db"),
            "--warehouse",
            folder.resolve("mine").toUri().toString(),
            "--until-end"
        };
        var first =
                run(Path.of("tools/stream_to_iceberg.py"), arguments).lines().toList();
        assertThat(first.getLast()).matches("[1-9][0-9]* rows appended to streamed.alerts");
        var second =
                run(Path.of("tools/stream_to_iceberg.py"), arguments).lines().toList();
        assertThat(second.getLast()).isEqualTo("0 rows appended to streamed.alerts");
    }
}
