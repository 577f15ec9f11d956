package riskcluster.node.input;

/** The grammar of a JSON number (RFC 8259, section 6), asked of a text. */
final class JsonNumber {

    private JsonNumber() {}

    static boolean matches(String text) {
        var at = text.startsWith("-") ? 1 : 0;
        var whole = digits(text, at);
        if (whole == at || (text.charAt(at) == '0' && whole > at + 1)) {
            return false;
        }
        at = whole;
        if (at < text.length() && text.charAt(at) == '.') {
            var fraction = digits(text, at + 1);
            if (fraction == at + 1) {
                return false;
            }
            at = fraction;
        }
        return at == text.length() || isExponent(text, at);
    }

    private static boolean isExponent(String text, int at) {
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return false;
        }
        var signed = at + 1 < text.length() && (text.charAt(at + 1) == '+' || text.charAt(at + 1) == '-');
        var first = signed ? at + 2 : at + 1;
        return digits(text, first) == text.length() && first < text.length();
    }

    /** The index after the run of digits that begins at {@code from}. */
    private static int digits(String text, int from) {
        var at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
