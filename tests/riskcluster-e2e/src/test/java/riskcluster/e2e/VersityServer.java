package riskcluster.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import riskcluster.faults.server.S3Server;
import riskcluster.node.embedded.FreePort;

/** An S3 server of another make, versitygw, in a process of its own. */
final class VersityServer implements AutoCloseable {

    /** Built when it is first asked for. */
    static final GoProgram PROGRAM = new GoProgram("github.com/versity/versitygw/cmd/versitygw@v1.8.0");

    private static final Duration START_MAX = Duration.ofSeconds(20);

    private final OutsideServer server;
    private final URI endpoint;

    private VersityServer(OutsideServer server, URI endpoint) {
        this.server = server;
        this.endpoint = endpoint;
    }

    static VersityServer start(Path folder) throws IOException {
        var buckets = folder.resolve("buckets");
        Files.createDirectories(buckets.resolve(S3Server.BUCKET));
        var endpoint = URI.create("http://127.0.0.1:" + FreePort.from(0));
        var program = new ProcessBuilder(
                PROGRAM.built().toString(), "--port", endpoint.getAuthority(), "posix", buckets.toString());
        program.environment().put("ROOT_ACCESS_KEY", S3Server.KEY_ID);
        program.environment().put("ROOT_SECRET_KEY", S3Server.SECRET);
        // any answer will do: without a signature it is a refusal
        var server = OutsideServer.start(
                program, folder.resolve("versitygw.log"), START_MAX, () -> OutsideServer.status(endpoint) > 0);
        return new VersityServer(server, endpoint);
    }

    URI endpoint() {
        return endpoint;
    }

    @Override
    public void close() {
        server.close();
    }
}
