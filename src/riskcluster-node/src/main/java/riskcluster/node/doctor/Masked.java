package riskcluster.node.doctor;

import java.util.regex.Pattern;

/** A text without the secrets in it. */
public final class Masked {

    private static final String MARK = "***";
    private static final String SECRET = "[\\w.\\-\"]*(?:password|passwd|secret|token|credential|jaas|api[-_.]?key"
            + "|access[-_.]?key|private[-_.]?key)[\\w.\\-\"]*";

    /** A key that says it is secret, and its value up to the end of the line, of a member or of a parameter. */
    private static final Pattern VALUE = Pattern.compile(
            "(?im)(?<key>" + SECRET + "\\s*[=:]\\s*)(?<value>\"(?:[^\"\\\\]|\\\\.)*\"|'[^']*'|[^\\s,;&}\\]]+)");

    /** What stands before the @ of an address. */
    private static final Pattern USER = Pattern.compile("(?<scheme>[a-zA-Z][a-zA-Z0-9+.:-]*://)[^/\\s\"'@]+@");

    /** A key in PEM. */
    private static final Pattern PEM =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----.*?-----END [A-Z ]*PRIVATE KEY-----", Pattern.DOTALL);

    private Masked() {}

    /** The text, with a mark for each secret. The name of a file that holds one stays: it is none. */
    public static String of(String text) {
        var keyless = PEM.matcher(text).replaceAll(MARK);
        var masked = VALUE.matcher(keyless)
                .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(
                        match.group(1).matches("(?is).*-file\"?\\s*[=:]\\s*") ? match.group() : match.group(1) + MARK));
        return USER.matcher(masked).replaceAll("${scheme}" + MARK + "@");
    }
}
