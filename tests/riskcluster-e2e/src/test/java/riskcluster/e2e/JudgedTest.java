package riskcluster.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/** What a node leaves in Kafka and in the lake, held against the contract by a program that shares no code with it. */
class JudgedTest {

    private static final int RECORDS = 30_000;
    private static final int CUSTOMERS = 2_000;
    private static final Path RULES = Path.of("src/riskcluster-actors/src/main/resources/rules/default.json");

    @Test
    void theJudgeFindsNothingWrongAfterARestartInTheMiddle(@TempDir Path folder) throws Exception {
        try (var machine = OneMachine.start(folder, 4)) {
            var generator = new Generator(
                    GeneratorSettings.usual(7)
                            .withCustomers(CUSTOMERS)
                            .withBadShare(0.02)
                            .withLateShare(0.05)
                            .withDuplicateShare(0.05),
                    EventClock.endingAt(Instant.now(), CUSTOMERS, RECORDS));
            try (var node = machine.node()) {
                send(machine, generator, RECORDS / 2);
                machine.awaitDrained(node);
            }
            try (var node = machine.node()) {
                send(machine, generator, RECORDS / 2);
                machine.awaitDrained(node);
            }
            var answer = PythonEnvironment.ready().run(arguments(machine).toArray(String[]::new));
            assertThat(answer.text()).as(answer.text()).contains("silver", "gold.each_window_once");
            assertThat(answer.status()).as(answer.text()).isZero();
        }
    }

    private static void send(OneMachine machine, Generator generator, int records) {
        try (var producer = machine.producer()) {
            for (int i = 0; i < records; i++) {
                var record = generator.next();
                producer.send(new ProducerRecord<>("transactions", record.key(), record.value()));
            }
        }
    }

    private static List<String> arguments(OneMachine machine) {
        var arguments = new ArrayList<>(List.of("-m", "judge", "--expect-drained", "--duckdb"));
        arguments.addAll(List.of("--bootstrap", machine.bootstrap()));
        arguments.addAll(
                List.of("--postgres", machine.jdbcUrl().replace("jdbc:", "").replace("//", "//postgres:postgres@")));
        arguments.addAll(List.of("--hmac-key-file", machine.pseudonymKey().toString()));
        arguments.addAll(List.of("--rules", PythonEnvironment.project(RULES).toString()));
        arguments.addAll(List.of("--cluster", "test"));
        return arguments;
    }
}
