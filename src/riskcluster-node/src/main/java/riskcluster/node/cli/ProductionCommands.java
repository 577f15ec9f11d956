package riskcluster.node.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import riskcluster.contracts.step.Steps;
import riskcluster.node.config.ConfigFile;
import riskcluster.node.config.Unguarded;
import riskcluster.node.log.LogFormat;
import riskcluster.node.log.LogSettings;
import riskcluster.node.log.NodeLog;
import riskcluster.node.production.ProductionNode;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;
import riskcluster.node.topic.KafkaTopics;

/** The commands of an installation: a node of the cluster, and the topics around it. */
final class ProductionCommands {

    private static final String CONFIG = "The configuration file; docs/configuration.md lists its keys.";

    private ProductionCommands() {}

    @Command(
            name = "node",
            description = "Runs a node of the cluster until SIGTERM; its partitions move before it goes. Refuses to"
                    + " start on a wrong configuration or on wrong topics.",
            footer = {
                "",
                "Examples:",
                "  riskcluster node --config /etc/riskcluster/node.conf",
                "  RISKCLUSTER_CLUSTER_ADDRESS=10.0.0.7:17355 riskcluster node --config node.conf"
            })
    static final class Node implements Callable<Integer> {

        private final Screen screen;

        @Option(names = "--config", paramLabel = "FILE", required = true, description = CONFIG)
        private Path config = Path.of("");

        Node(Screen screen) {
            this.screen = screen;
        }

        @Override
        public Integer call() {
            var told = ConfigFile.read(config, System.getenv());
            var place = told.node().membership().address().toString();
            NodeLog.speak(told.log(), place);
            told.unguarded().stream().sorted().map(Unguarded::warning).forEach(open -> warn(told.log(), open));
            return ProductionNode.run(told.node(), Steps.UNHEARD, screen);
        }

        /** Whoever collects lines of JSON is not to find another among them. */
        private void warn(LogSettings log, String what) {
            if (log.format() == LogFormat.JSON) {
                LoggerFactory.getLogger(ProductionNode.class).warn("{}", what);
            } else {
                screen.err().println("riskcluster: WARNING: " + what);
            }
        }
    }

    @Command(name = "topics", description = "The topics that a cluster needs.")
    static final class Topics {

        private final Screen screen;

        Topics(Screen screen) {
            this.screen = screen;
        }

        @Command(
                name = "plan",
                description = "Shows what differs from the configuration. Status 1 if anything does.",
                footer = {"", "Examples:", "  riskcluster topics plan --config node.conf"})
        int plan(@Option(names = "--config", paramLabel = "FILE", required = true, description = CONFIG) Path config)
                throws InterruptedException {
            var told = ConfigFile.read(config, System.getenv());
            try (var admin = Admin.create(told.node().kafka().connection())) {
                var plan = new KafkaTopics(admin).plan(told.topics());
                if (plan.isEmpty()) {
                    screen.out().println("the topics are as they should be");
                    return Exit.FINE;
                }
                plan.changes().forEach(screen.out()::println);
                return Exit.UNWELL;
            }
        }

        @Command(
                name = "apply",
                description = "Makes topics that are missing and sets what differs. What cannot be changed is refused,"
                        + " and then nothing is.",
                footer = {"", "Examples:", "  riskcluster topics apply --config node.conf"})
        int apply(@Option(names = "--config", paramLabel = "FILE", required = true, description = CONFIG) Path config)
                throws InterruptedException {
            var told = ConfigFile.read(config, System.getenv());
            try (var admin = Admin.create(told.node().kafka().connection())) {
                var topics = new KafkaTopics(admin);
                var plan = topics.plan(told.topics());
                plan.changes().forEach(screen.out()::println);
                if (plan.isImpossible()) {
                    screen.out().println("nothing is changed");
                    return Exit.UNWELL;
                }
                topics.apply(plan);
                screen.out().println("the topics are as they should be");
                return Exit.FINE;
            }
        }
    }
}
