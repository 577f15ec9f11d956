package riskcluster.node.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The settings of a broker that is alone: one node, small buffers, and a log that forgets nothing. */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String HOST = "127.0.0.1";
    static final String CONTROLLER = "CONTROLLER";

    private static final String FOREVER = "-1";

    private static final Map<String, String> ALONE = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("node.id", Integer.toString(NODE_ID)),
            Map.entry("controller.listener.names", CONTROLLER),
            Map.entry("listener.security.protocol.map", CONTROLLER + ":PLAINTEXT,PLAINTEXT:PLAINTEXT"),
            Map.entry("auto.create.topics.enable", "false"),
            // One node holds the only copy.
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // After a kill the controller waits this long for the broker that is dead, and a process that is starved
            // of processor time for longer is fenced for a moment: shorter than the default of 9 s, but not much.
            Map.entry("broker.session.timeout.ms", "6000"),
            Map.entry("broker.heartbeat.interval.ms", "500"));

    private static final Map<String, String> KEEPS = Map.of(
            // Records of years ago keep their time stamps and must stay.
            "log.retention.ms",
            FOREVER,
            "log.retention.bytes",
            FOREVER,
            "log.message.timestamp.after.max.ms",
            Long.toString(Long.MAX_VALUE),
            // Ten years in minutes: a dev folder that rests keeps its alert cursors.
            "offsets.retention.minutes",
            "5256000");

    private static final Map<String, String> SMALL = Map.of(
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "num.recovery.threads.per.data.dir", "2",
            // An alert that follows a transaction which is just being completed waits this long; the default is 20 ms.
            "add.partitions.to.txn.retry.backoff.ms", "1",
            // The defaults take 128 MiB of heap for a cleaner that has two small topics to clean,
            // and 20 MiB of file for each partition's index.
            "log.cleaner.dedupe.buffer.size", "4194304",
            "log.index.size.max.bytes", "2097152",
            "metric.reporters", "");

    private BrokerSettings() {}

    /** The settings of a broker on {@code log} that serves clients at {@code port} of this address of the machine. */
    static Properties of(Path log, String host, int port, int controllerPort) {
        var settings = new Properties();
        settings.putAll(ALONE);
        settings.putAll(KEEPS);
        settings.putAll(SMALL);
        settings.put("log.dirs", log.toString());
        settings.put(
                "listeners",
                "PLAINTEXT://" + host + ":" + port + "," + CONTROLLER + "://" + HOST + ":" + controllerPort);
        settings.put("advertised.listeners", "PLAINTEXT://" + host + ":" + port);
        settings.put("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        return settings;
    }
}
