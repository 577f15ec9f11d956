package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.RiskNode;
import riskcluster.programs.PythonEnvironment;

/** Avro that Confluent's client wrote, with schemas in Apicurio's registry: two programs that share no code with us. */
@Tag("full")
class SchemaRegistryTest {

    private static final int FIRST = 200;
    private static final int MORE = 100;

    @Test
    void avroIsReadBySchemaIdAndLaterWithoutTheRegistry(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
            throws Exception {
        try (var registry = ApicurioServer.start(folder);
                var machine = OneMachine.start(folder, 2).withSchemas(registry.address())) {
            try (var node = machine.node()) {
                produce(machine, registry.address(), 0, FIRST);
                machine.awaitDrained(node);
                assertThat(seen(node)).isEqualTo(expected(FIRST));
            }
            produce(machine, registry.address(), FIRST, MORE);
            registry.kill();
            try (var node = machine.node()) {
                machine.awaitDrained(node);
                assertThat(seen(node)).isEqualTo(expected(FIRST + MORE));
            }
        }
    }

    private static void produce(OneMachine machine, URI registry, int first, int count) throws IOException {
        var script = PythonEnvironment.project(Path.of("tests/riskcluster-e2e/src/test/python/avro_producer.py"));
        var answer = PythonEnvironment.withOutsiders()
                .run(
                        script.toString(),
                        machine.bootstrap(),
                        registry.toString(),
                        Integer.toString(first),
                        Integer.toString(count));
        assertThat(answer.status()).as(answer.text()).isZero();
    }

    private static List<String> seen(RiskNode node) {
        return Asked.of(
                node,
                "SELECT count(*), sum(amount), count(*) FILTER (payment_method = 'crypto'), count(DISTINCT"
                        + " customer_key), (SELECT count(*) FROM bronze.rejected) FROM silver.transactions");
    }

    /** Of the transactions 0 to {@code count}: each costs its number in hundredths, and every tenth is crypto. */
    private static List<String> expected(int count) {
        var amount = BigDecimal.valueOf(LongStream.range(0, count).sum(), 2).setScale(4);
        return List.of(Integer.toString(count), amount.toPlainString(), Integer.toString(count / 10), "7", "0");
    }
}
