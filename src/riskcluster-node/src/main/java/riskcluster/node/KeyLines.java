package riskcluster.node;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import riskcluster.actors.privacy.Pseudonyms;

/**
 * Several pseudonym keys as text: a first line that says so, then on each line a version and its key in hexadecimal
 * digits. Empty lines and those that begin with {@code #} say nothing. What goes wrong is told without a key's digits.
 */
final class KeyLines {

    /** No random key begins with it. */
    static final String FIRST_LINE = "riskcluster pseudonym keys";

    private static final Pattern LINE = Pattern.compile("([1-9][0-9]{0,8})\\s+((?:[0-9a-fA-F]{2})+)");

    private KeyLines() {}

    /** Whether this is the content of such a file. */
    static boolean areIn(byte[] content) {
        var text = new String(content, StandardCharsets.ISO_8859_1);
        return text.equals(FIRST_LINE) || text.startsWith(FIRST_LINE + "\n") || text.startsWith(FIRST_LINE + "\r\n");
    }

    /** @throws IllegalArgumentException that names file and line */
    static Map<Integer, byte[]> read(Path file, byte[] content) {
        var keys = new TreeMap<Integer, byte[]>();
        var lines = new String(content, StandardCharsets.ISO_8859_1).lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            var line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                add(keys, line, file + ", line " + (i + 1));
            }
        }
        if (keys.isEmpty()) {
            throw new IllegalArgumentException(
                    "the pseudonym keys " + file + " hold none; allowed: lines of a version and its key");
        }
        return keys;
    }

    private static void add(Map<Integer, byte[]> keys, String line, String where) {
        var parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    where + ": this is no version from 1 on and a key in hexadecimal digits");
        }
        int version = Integer.parseInt(parts.group(1));
        byte[] key = HexFormat.of().parseHex(parts.group(2));
        if (key.length < Pseudonyms.KEY_BYTES_MIN) {
            throw new IllegalArgumentException(where + ": the key of version " + version + " has " + key.length
                    + " bytes; allowed: at least " + Pseudonyms.KEY_BYTES_MIN);
        }
        if (keys.put(version, key) != null) {
            throw new IllegalArgumentException(where + ": version " + version + " stands there twice");
        }
    }
}
