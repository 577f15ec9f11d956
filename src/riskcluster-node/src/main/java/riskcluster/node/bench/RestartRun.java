package riskcluster.node.bench;

import java.nio.file.Path;
import java.time.Duration;
import riskcluster.node.NodeConfig;
import riskcluster.node.fault.NodeFile;
import riskcluster.node.fault.Standing;

/**
 * Measures how soon a node decides after the only one has stopped: one process makes all customers known and ends, another
 * starts where records of some of them wait.
 */
final class RestartRun {

    private static final int TRANSACTIONS = 2;
    private static final int WAITING = 100_000;
    private static final Duration MOST = Duration.ofMinutes(10);

    private RestartRun() {}

    /** Arguments: customers, partitions, rules. */
    public static void main(String[] args) throws Exception {
        run(Integer.parseInt(args[0]), Integer.parseInt(args[1]), args[2]).tell(System.out);
        System.exit(0);
    }

    private static Figures run(int customers, int partitions, String rules) throws Exception {
        var folder = Fresh.folder();
        var broker = BrokerProcess.start(folder.resolve("kafka"));
        try (var setting = Setting.make(folder, broker, partitions, Gold.NONE, rules)) {
            var told = folder.resolve("node.properties");
            NodeFile.write(setting.config(), told);
            EvenCustomers.send(setting, 1, customers, 0, TRANSACTIONS);
            Fresh.run(StartedNode.class, told.toString(), "save");
            int waiting = Math.min(customers, WAITING);
            EvenCustomers.send(setting, 1, waiting, TRANSACTIONS, TRANSACTIONS + 1);
            var figures = Fresh.run(StartedNode.class, told.toString(), "decide");
            return new Figures()
                    .put("customers_at_rest", customers)
                    .put("records_waiting", waiting)
                    .putAll(figures);
        }
    }

    /** The node of one start. */
    static final class StartedNode {

        private StartedNode() {}

        /** Arguments: the node's file; {@code save}, which ends when every profile is saved, or {@code decide}. */
        public static void main(String[] args) throws Exception {
            var config = NodeFile.read(Path.of(args[0]));
            var decided = new FirstDecisions(config.partitions());
            try (var node = Setting.node(config, decided)) {
                if (args[1].equals("save")) {
                    Standing.awaitSaved(node.config(), MOST);
                } else {
                    decide(node.config(), decided).tell(System.out);
                }
            }
            System.exit(0);
        }

        private static Figures decide(NodeConfig config, FirstDecisions decided) throws InterruptedException {
            Standing.await(config, MOST);
            return new Figures()
                    .put("first_decision_s", decided.firstSeconds())
                    .put("decisions_in_every_partition_s", decided.lastSeconds())
                    .put("all_waiting_committed_s", FirstDecisions.secondsSinceStart());
        }
    }
}
