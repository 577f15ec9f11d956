package riskcluster.node.guard;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import riskcluster.node.tls.LiveFiles;

/**
 * Those who may come in, from a file with a line for each: name, role and the SHA-256 of the token. So whoever reads the
 * file can come in as nobody. A file that is changed holds from the next second; one that is no longer right leaves the
 * last one in force, with an error in the log.
 */
public final class Tokens {

    private static final Pattern LINE = Pattern.compile(
            "(?<name>[A-Za-z0-9][A-Za-z0-9._@-]{0,63})\\s+(?<role>viewer|operator|admin)\\s+(?<hash>[0-9a-fA-F]{64})");

    /**
     * One of them.
     *
     * @param hash of the token
     */
    record Known(String name, Role role, byte[] hash) {}

    private final LiveFiles<List<Known>> known;

    /**
     * Reads the file.
     *
     * @throws IllegalArgumentException where it is no such file, with the line's number and what is allowed
     */
    public Tokens(Path file) {
        this.known = new LiveFiles<>(List.of(file), () -> read(file));
    }

    /** Whose token this is. Takes as long for a wrong one as for the last one of the file. */
    Optional<Known> find(String token) {
        var hash = hash(token);
        Optional<Known> found = Optional.empty();
        for (var each : known.get()) {
            if (MessageDigest.isEqual(each.hash(), hash)) {
                found = Optional.of(each);
            }
        }
        return found;
    }

    private static List<Known> read(Path file) {
        try {
            var all = new ArrayList<Known>();
            int number = 0;
            for (var line : Files.readAllLines(file)) {
                number++;
                var text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    all.add(known(file, number, text));
                }
            }
            if (all.isEmpty()) {
                throw new IllegalArgumentException(file + " lets nobody in, allowed: lines of NAME ROLE SHA256");
            }
            return List.copyOf(all);
        } catch (IOException e) {
            throw new IllegalArgumentException("the tokens in " + file + " cannot be read: " + e, e);
        }
    }

    /** The text is not told: somebody may have written a token there. */
    private static Known known(Path file, int number, String text) {
        var matcher = LINE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("line " + number + " of " + file
                    + " is not understood, allowed: NAME viewer|operator|admin SHA256, the hash of the token in hex");
        }
        return new Known(
                matcher.group("name"),
                Role.valueOf(matcher.group("role").toUpperCase(Locale.ROOT)),
                HexFormat.of().parseHex(matcher.group("hash").toLowerCase(Locale.ROOT)));
    }

    static byte[] hash(String token) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java machine has SHA-256", e);
        }
    }
}
