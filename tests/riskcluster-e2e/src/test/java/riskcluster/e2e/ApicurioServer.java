package riskcluster.e2e;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import riskcluster.node.embedded.FreePort;
import riskcluster.programs.PythonEnvironment;

/** Apicurio's schema registry in a process of its own, in memory. */
final class ApicurioServer implements AutoCloseable {

    private static final Path PACKED =
            PythonEnvironment.project(Path.of("tests/riskcluster-e2e/target/outsiders/apicurio-registry.tar.gz"));
    private static final Path HOME =
            PythonEnvironment.project(Path.of("tests/riskcluster-e2e/target/outsiders/apicurio"));
    private static final Duration START_MAX = Duration.ofSeconds(60);

    private final OutsideServer server;
    private final URI address;

    private ApicurioServer(OutsideServer server, URI address) {
        this.server = server;
        this.address = address;
    }

    static ApicurioServer start(Path folder) throws IOException {
        return start(folder, "127.0.0.1", FreePort.from(0));
    }

    /** The same at an address of this machine. */
    static ApicurioServer start(Path folder, String host, int port) throws IOException {
        var unpacked = HOME.resolve("quarkus-run.jar");
        if (!Files.exists(unpacked)) {
            OutsideServer.unpack(PACKED, HOME);
        }
        var address = URI.create("http://" + host + ":" + port + "/apis/ccompat/v7");
        var program = new ProcessBuilder(OutsideServer.java(
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dquarkus.http.host=" + host,
                        "-Dquarkus.http.port=" + port,
                        // a second door, which cannot be left out
                        "-Dquarkus.management.host=" + host,
                        "-Dquarkus.management.port=" + FreePort.from(0),
                        "-jar",
                        unpacked.toString()))
                .directory(folder.toFile());
        var subjects = URI.create(address + "/subjects");
        var server = OutsideServer.start(
                program,
                folder.resolve("apicurio.log"),
                START_MAX,
                () -> OutsideServer.status(subjects) == HttpURLConnection.HTTP_OK);
        return new ApicurioServer(server, address);
    }

    /** Where it speaks Confluent's protocol. */
    URI address() {
        return address;
    }

    /** Kills it, and waits for its end. */
    void kill() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
    }
}
