package riskcluster.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import riskcluster.node.demo.Demo;
import riskcluster.node.demo.DemoSettings;
import riskcluster.node.demo.Dev;
import riskcluster.node.demo.Ports;
import riskcluster.node.terminal.NodeAddress;
import riskcluster.node.terminal.Screen;

/** The commands that run everything in this process. */
final class RunCommands {

    private static final String RULES =
            "A rule file, or the bundled default or card-terminals. Default:" + " ${DEFAULT-VALUE}.";

    private RunCommands() {}

    @Command(
            name = "demo",
            description = "Starts everything in this process, feeds it, shows what happens and checks the result.",
            footer = {
                "",
                "Examples:",
                "  riskcluster demo",
                "  riskcluster demo --records 1000000 --rate 20000 --seed 7",
                "  riskcluster demo --input transactions.parquet --rules card-terminals"
            })
    static final class DemoCommand implements Callable<Integer> {

        private static final long RECORDS = 200_000;
        private static final double RATE = 10_000;

        private final Screen screen;

        @Option(
                names = "--input",
                paramLabel = "FILE",
                description = "Feed this Parquet, CSV or JSON-lines file instead of the generator.")
        private @Nullable Path input;

        @Option(names = "--rules", paramLabel = "FILE", description = RULES, defaultValue = "default")
        private String rules = "default";

        @Option(
                names = "--records",
                paramLabel = "N",
                description = "How many. Default: 200,000 of the generator, all of a file.")
        private @Nullable Long records;

        @Option(
                names = "--rate",
                paramLabel = "N",
                description =
                        "Records a second; 0: as fast as it goes. Default: 10,000 of the generator, 0 for a" + " file.")
        private @Nullable Double rate;

        @Option(
                names = "--seed",
                paramLabel = "N",
                description = "Which made-up bank. Default: ${DEFAULT-VALUE}.",
                defaultValue = "42")
        private long seed;

        @Option(
                names = "--customers",
                paramLabel = "N",
                description = "Customers of the made-up bank. Default: ${DEFAULT-VALUE}.",
                defaultValue = "50000")
        private int customers;

        DemoCommand(Screen screen) {
            this.screen = screen;
        }

        @Override
        public Integer call() throws IOException {
            var file = Optional.ofNullable(input);
            var settings = new DemoSettings(
                    NodeAddress.home(),
                    file,
                    rules,
                    records != null ? records : file.isPresent() ? 0 : RECORDS,
                    rate != null ? rate : file.isPresent() ? 0 : RATE,
                    seed,
                    customers);
            return Demo.run(settings, screen);
        }
    }

    @Command(
            name = "dev",
            description =
                    "Starts Kafka, Postgres and one node in this process and stays up until Ctrl-C. A restart goes"
                            + " on where it stopped. Not for production.",
            footer = {
                "",
                "Examples:",
                "  riskcluster dev",
                "  riskcluster dev --data /tmp/risk --rules my-rules.json",
                "  riskcluster dev --http-port 0 --kafka-port 0 --postgres-port 0"
            })
    static final class DevCommand implements Callable<Integer> {

        private final Screen screen;

        @Option(
                names = "--data",
                paramLabel = "DIR",
                description = "Folder that keeps everything. Default: .riskcluster/dev.")
        private @Nullable Path data;

        @Option(names = "--rules", paramLabel = "FILE", description = RULES, defaultValue = "default")
        private String rules = "default";

        @Option(
                names = "--kafka-port",
                paramLabel = "PORT",
                description = "Default: 9092; 0: any.",
                defaultValue = "9092")
        private int kafkaPort;

        @Option(
                names = "--postgres-port",
                paramLabel = "PORT",
                description = "Default: 5432; 0: any.",
                defaultValue = "5432")
        private int postgresPort;

        @Option(
                names = "--http-port",
                paramLabel = "PORT",
                description = "Default: 8080; 0: any.",
                defaultValue = "8080")
        private int httpPort;

        @Option(
                names = "--operator-port",
                paramLabel = "PORT",
                description = "Default: 9110; 0: any.",
                defaultValue = "9110")
        private int operatorPort;

        DevCommand(Screen screen) {
            this.screen = screen;
        }

        @Override
        public Integer call() throws IOException {
            var home = NodeAddress.home();
            var folder = data != null ? data : home.resolve("dev");
            return Dev.run(folder, home, new Ports(kafkaPort, postgresPort, httpPort, operatorPort), rules, screen);
        }
    }
}
