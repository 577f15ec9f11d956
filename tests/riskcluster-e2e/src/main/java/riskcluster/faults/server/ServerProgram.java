package riskcluster.faults.server;

import java.io.IOException;
import java.nio.file.Path;
import riskcluster.node.embedded.EmbeddedKafka;

/** A Kafka broker or an S3 store as a program of its own: {@code kafka|s3 FOLDER HOST PORT}; it runs until it is ended. */
public final class ServerProgram {

    private ServerProgram() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        var folder = Path.of(args[1]);
        var host = args[2];
        int port = Integer.parseInt(args[3]);
        var server = switch (args[0]) {
            case "kafka" -> EmbeddedKafka.start(folder, host, port);
            case "s3" -> S3Server.start(folder, host, port);
            default -> throw new IllegalArgumentException("the server is " + args[0] + ", allowed: kafka or s3");
        };
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "stop"));
        Thread.currentThread().join();
    }

    private static void stop(AutoCloseable server) {
        try {
            server.close();
        } catch (Exception failure) { // it goes down with the process anyway; whoever reads the log knows why
            System.err.println("the server did not stop in order: " + failure);
        }
    }
}
