package riskcluster.e2e;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import riskcluster.faults.server.S3Server;
import riskcluster.lakehouse.catalog.WarehouseAccess;
import riskcluster.programs.PythonEnvironment;

/** The identity that writes to a store and the one that lists and deletes, with the rights that the project gives out. */
final class TwoIdentities {

    static final String WRITER = "writer";
    static final String UPKEEP = "upkeep";

    private static final Path RIGHTS = PythonEnvironment.project(Path.of("docs/s3"));
    private static final ObjectMapper JSON = new ObjectMapper();

    private TwoIdentities() {}

    /** A store of this address, reached as both. */
    static WarehouseAccess at(URI endpoint, Path folder) throws IOException {
        return WarehouseAccess.of(endpoint, credentials(folder, WRITER)).withUpkeep(credentials(folder, UPKEEP));
    }

    private static Path credentials(Path folder, String identity) throws IOException {
        return Files.writeString(
                folder.resolve(identity),
                "[default]\naws_access_key_id = " + identity + "\naws_secret_access_key = " + S3Server.SECRET + "\n");
    }

    /** The rights of both as the policy of this bucket. */
    static String policy(String bucket, String prefix) throws IOException {
        var policy = JSON.createObjectNode().put("Version", "2012-10-17");
        var statements = policy.putArray("Statement");
        for (var identity : new String[] {WRITER, UPKEEP}) {
            var text = Files.readString(RIGHTS.resolve(identity + ".json"))
                    .replace("BUCKET", bucket)
                    .replace("PREFIX", prefix);
            for (var statement : JSON.readTree(text).get("Statement")) {
                statements.add(((ObjectNode) statement.deepCopy())
                        .set("Principal", JSON.createObjectNode().put("AWS", identity)));
            }
        }
        return JSON.writeValueAsString(policy);
    }

    /** What versitygw reads its users from. */
    static Path users(Path folder) throws IOException {
        var users = JSON.createObjectNode();
        var accounts = users.putObject("accessAccounts");
        for (var identity : new String[] {WRITER, UPKEEP}) {
            accounts.putObject(identity)
                    .put("access", identity)
                    .put("secret", S3Server.SECRET)
                    .put("role", "user");
        }
        Files.writeString(Files.createDirectories(folder).resolve("users.json"), JSON.writeValueAsString(users));
        return folder;
    }
}
