package riskcluster.e2e;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import riskcluster.faults.server.S3Server;
import riskcluster.node.embedded.FreePort;

/**
 * An S3 server of another make, versitygw, in a process of its own; built by {@code go install} when it is first asked
 * for.
 */
final class VersityServer implements AutoCloseable {

    private static final String PROGRAM = "github.com/versity/versitygw/cmd/versitygw@v1.8.0";
    private static final Path BUILT = PythonEnvironment.project(Path.of("tests/riskcluster-e2e/target/go"));
    private static final Duration START_MAX = Duration.ofSeconds(20);
    private static final long BUILD_MINUTES_MAX = 10;

    private final Process process;
    private final URI endpoint;

    private VersityServer(Process process, URI endpoint) {
        this.process = process;
        this.endpoint = endpoint;
    }

    static VersityServer start(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder.resolve("buckets").resolve(S3Server.BUCKET));
        var endpoint = URI.create("http://127.0.0.1:" + FreePort.from(0));
        var builder = new ProcessBuilder(
                        program().toString(),
                        "--port",
                        endpoint.getAuthority(),
                        "posix",
                        folder.resolve("buckets").toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("versitygw.log").toFile());
        builder.environment().put("ROOT_ACCESS_KEY", S3Server.KEY_ID);
        builder.environment().put("ROOT_SECRET_KEY", S3Server.SECRET);
        var server = new VersityServer(builder.start(), endpoint);
        Awaitility.await().atMost(START_MAX).ignoreExceptions().until(server::answers);
        return server;
    }

    URI endpoint() {
        return endpoint;
    }

    /** Any answer will do: without a signature it is a refusal. */
    private boolean answers() throws IOException {
        var asked = (HttpURLConnection) endpoint.toURL().openConnection();
        try {
            return asked.getResponseCode() > 0;
        } finally {
            asked.disconnect();
        }
    }

    private static Path program() throws IOException, InterruptedException {
        var program = BUILT.resolve("versitygw");
        if (!Files.isExecutable(program)) {
            Files.createDirectories(BUILT);
            var log = BUILT.resolve("install.log");
            var builder = new ProcessBuilder(List.of("go", "install", PROGRAM))
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile());
            builder.environment().put("GOBIN", BUILT.toString());
            var process = builder.start();
            if (!process.waitFor(BUILD_MINUTES_MAX, TimeUnit.MINUTES) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException("go install " + PROGRAM + " failed:\n" + Files.readString(log));
            }
        }
        return program;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
