package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.embedded.EmbeddedKafka;
import riskcluster.node.terminal.Exit;

class ProductionCommandsTest {

    @TempDir
    private Path folder;

    private String config(String kafka) throws IOException {
        var key = Files.write(folder.resolve("key"), new byte[32]);
        var password = Files.writeString(folder.resolve("password"), "unused\n");
        return Files.writeString(
                        folder.resolve("node.conf"),
                        "mode = development\ntopics { replication = 1, partitions = 3 }\n"
                                + "kafka.bootstrap = \"" + kafka + "\"\n"
                                + "database { url = \"jdbc:postgresql://127.0.0.1:1/none\", password-file = \""
                                + password
                                + "\" }\n"
                                + "warehouse.uri = \"file:///unused\"\npseudonym-key-file = \"" + key + "\"\n"
                                + "cluster.join = alone\n")
                .toString();
    }

    @Test
    void aNodeDoesNotStartOnAWrongConfiguration() throws IOException {
        var typed = Typed.type("node", "--config", config("no address"));

        assertThat(typed.status()).isEqualTo(Exit.USAGE);
        assertThat(typed.err()).contains("kafka.bootstrap is 'no address', allowed: host:port");
    }

    @Test
    void aNodeDoesNotStartWithoutItsFile() {
        var typed = Typed.type("node", "--config", folder.resolve("none").toString());

        assertThat(typed.status()).isEqualTo(Exit.USAGE);
        assertThat(typed.err()).contains("the configuration file is '" + folder.resolve("none") + "'");
    }

    @Test
    void aPlanShowsWhatApplyThenMakes() throws Exception {
        try (var kafka = EmbeddedKafka.start(folder.resolve("kafka"), 0)) {
            var config = config(kafka.bootstrap());

            var plan = Typed.type("topics", "plan", "--config", config);
            assertThat(plan.status()).isEqualTo(Exit.UNWELL);
            assertThat(plan.out()).contains("make transactions.dlq: 3 partitions, 1 copies");

            assertThat(Typed.type("topics", "apply", "--config", config).status())
                    .isEqualTo(Exit.FINE);
            try (var admin = Admin.create(Map.<String, Object>of("bootstrap.servers", kafka.bootstrap()))) {
                assertThat(admin.listTopics().names().get())
                        .contains("transactions", "transactions.dlq", "alerts", "anomaly_alerts");
            }
        }
    }
}
