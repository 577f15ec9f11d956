package riskcluster.actors.decode;

import java.nio.charset.StandardCharsets;

/** A short, printable piece of input for a message to a person. */
final class Excerpt {
    private static final int CHARACTERS_MAX = 60;

    private Excerpt() {}

    /** The beginning of the bytes in {@code in} from {@code start} to {@code end}, in quotes. */
    static String of(byte[] in, int start, int end) {
        int cut = Math.min(end, start + CHARACTERS_MAX * 4);
        return of(new String(in, start, Math.max(0, cut - start), StandardCharsets.UTF_8));
    }

    /** The beginning of {@code text}, in quotes; what cannot be printed becomes {@code ?}. */
    static String of(String text) {
        var excerpt = new StringBuilder(CHARACTERS_MAX + 5).append('"');
        for (int i = 0; i < text.length() && i < CHARACTERS_MAX; i++) {
            char c = text.charAt(i);
            excerpt.append(Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c);
        }
        return excerpt.append(text.length() > CHARACTERS_MAX ? "...\"" : "\"").toString();
    }
}
