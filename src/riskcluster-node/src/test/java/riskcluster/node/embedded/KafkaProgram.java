package riskcluster.node.embedded;

import java.nio.file.Path;

/** Starts a broker, commits one transaction, leaves a second one open and waits for its end. */
final class KafkaProgram {
    private KafkaProgram() {}

    /** @param arguments the folder */
    public static void main(String[] arguments) throws Exception {
        var kafka = EmbeddedKafka.start(Path.of(arguments[0]), 0);
        KafkaCalls.createTopics(kafka, 2);
        KafkaCalls.commit(kafka, "committed");
        KafkaCalls.leaveOpen(kafka, "open");
        System.out.println("ready");
        // Returns only at the end of a stream that nobody closes.
        System.exit(System.in.read());
    }
}
