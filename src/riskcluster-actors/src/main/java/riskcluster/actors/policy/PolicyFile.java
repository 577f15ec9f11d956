package riskcluster.actors.policy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.transaction.ExtraField;

/** Where policies are read from: a file, the rules that come with the program, or what was stored. */
public final class PolicyFile {
    /** The member that says whether schemas are looked up; the node sets it as it is configured. */
    static final String SCHEMA_REGISTRY = "schema_registry";

    private static final int BYTES_MAX = 1 << 20;

    private PolicyFile() {}

    /** The policy in a rule file, or why there is none. */
    public static PolicyReading read(Path file) {
        var source = file.toString();
        try {
            if (Files.isRegularFile(file) && Files.size(file) > BYTES_MAX) {
                return new PolicyReading.Refused(
                        source, 0, 0, "the file has " + Files.size(file) + " bytes", BYTES_MAX + " bytes");
            }
            return read(source, Files.readAllBytes(file), file.toAbsolutePath().getParent());
        } catch (IOException e) {
            return new PolicyReading.Refused(source, 0, 0, "the file cannot be read: " + e, "a file of JSON");
        }
    }

    /** The rules that come with the program: {@code default} or {@code card-terminals}. */
    public static Policy bundled(String name) {
        var source = "/rules/" + name + ".json";
        try (var in = PolicyFile.class.getResourceAsStream(source)) {
            if (in == null) {
                throw new IllegalArgumentException("no rules come with the program under the name " + name);
            }
            return switch (read(source, in.readAllBytes(), null)) {
                case PolicyReading.Ready(var policy) -> policy;
                case PolicyReading.Refused refused -> throw new IllegalStateException(refused.message());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(source, e);
        }
    }

    static PolicyReading read(StoredPolicy stored) {
        var source = "policy " + stored.version();
        var reading = read(source, stored.content(), null);
        if (reading instanceof PolicyReading.Ready(var policy)
                && !policy.version().equals(stored.version())) {
            return new PolicyReading.Refused(
                    source,
                    0,
                    0,
                    "its version is not that of its content under semantic version " + Policy.SEMANTIC_VERSION,
                    "a policy of this program's semantic version, unaltered");
        }
        return reading;
    }

    static Policy withSchemaRegistry(StoredPolicy stored, boolean inForce) {
        return with(
                stored,
                SCHEMA_REGISTRY,
                inForce ? Optional.of(new Json.Word(Json.Place.NONE, "true")) : Optional.empty());
    }

    static Policy withExtraFields(StoredPolicy stored, List<ExtraField> fields) {
        return with(
                stored,
                ExtraFieldsMember.NAME,
                fields.isEmpty() ? Optional.empty() : Optional.of(ExtraFieldsMember.write(fields)));
    }

    private static Policy with(StoredPolicy stored, String member, Optional<Json> value) {
        try {
            if (!(Json.parse(stored.content()) instanceof Json.Members(var place, var members))) {
                throw new IllegalStateException("a policy is an object");
            }
            var more = new TreeMap<>(members);
            more.remove(member);
            value.ifPresent(json -> more.put(member, json));
            var json = new Json.Members(place, more);
            return new Policy(new StoredPolicy(version(json.canonical()), json.canonical()), RuleBookReader.read(json));
        } catch (Json.Fault fault) {
            throw new IllegalStateException("a policy that was read cannot be read again", fault);
        }
    }

    private static PolicyReading read(String source, byte[] bytes, @Nullable Path folder) {
        try {
            var decoder = StandardCharsets.UTF_8.newDecoder();
            return read(source, decoder.decode(ByteBuffer.wrap(bytes)).toString(), folder);
        } catch (CharacterCodingException e) {
            return new PolicyReading.Refused(source, 0, 0, "the file is not UTF-8", "JSON in UTF-8");
        }
    }

    /** Where a model file that the text names is looked for: in {@code folder}, and nowhere if there is none. */
    private static PolicyReading read(String source, String text, @Nullable Path folder) {
        try {
            var named = Json.parse(text);
            var json = folder == null ? named : ModelMember.withContent(named, folder);
            var content = json.canonical();
            return new PolicyReading.Ready(
                    new Policy(new StoredPolicy(version(content), content), RuleBookReader.read(json)));
        } catch (Json.Fault fault) {
            return fault.refused(source);
        }
    }

    private static String version(String content) {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            var text = Policy.SEMANTIC_VERSION + "\n" + content;
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
