package riskcluster.e2e;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import riskcluster.faults.server.S3Server;
import riskcluster.node.embedded.FreePort;
import riskcluster.programs.GoProgram;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

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
        return start(folder, List.of());
    }

    /** One with two identities, whose rights below this prefix are those that the project gives out. */
    static VersityServer startWithRights(Path folder, String prefix) throws IOException {
        var users = TwoIdentities.users(folder.resolve("users"));
        var server = start(folder, List.of("--iam-dir", users.toString()));
        try (var root = S3Client.builder()
                .endpointOverride(server.endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .credentialsProvider(
                        StaticCredentialsProvider.create(AwsBasicCredentials.create(S3Server.KEY_ID, S3Server.SECRET)))
                .build()) {
            var policy = TwoIdentities.policy(S3Server.BUCKET, prefix);
            root.putBucketPolicy(request -> request.bucket(S3Server.BUCKET).policy(policy));
        } catch (IOException | RuntimeException failure) {
            server.close();
            throw failure;
        }
        return server;
    }

    private static VersityServer start(Path folder, List<String> options) throws IOException {
        var buckets = folder.resolve("buckets");
        Files.createDirectories(buckets.resolve(S3Server.BUCKET));
        var endpoint = URI.create("http://127.0.0.1:" + FreePort.from(0));
        var words = new ArrayList<>(List.of(PROGRAM.built().toString(), "--port", endpoint.getAuthority()));
        words.addAll(options);
        words.addAll(List.of("posix", buckets.toString()));
        var program = new ProcessBuilder(words);
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
