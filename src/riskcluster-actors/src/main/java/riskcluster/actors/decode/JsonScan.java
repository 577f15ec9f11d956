package riskcluster.actors.decode;

import java.util.Arrays;
import riskcluster.contracts.decision.Reason;

/**
 * One pass over a JSON object (RFC 8259, UTF-8) that checks all of it and notes where the known fields stand.
 *
 * <p>Used by one thread, for one object after the other: what it tells is good until the next one is scanned.
 */
final class JsonScan {
    /** The outermost object is the first level. */
    static final int LEVELS_MAX = 32;

    private static final byte[] NOTHING = {};
    private static final Kind[] NO_KINDS = {};
    private static final int[] NOWHERE = {};

    byte[] in = NOTHING;
    /** Of the known fields, and after them of the extra ones. */
    private Kind[] kinds = NO_KINDS;

    private int[] starts = NOWHERE;
    private int[] ends = NOWHERE;
    private ExtraNames extras = ExtraNames.NONE;
    private int at;
    /** Of the string that was scanned last. */
    private boolean escaped;

    private boolean beyondAscii;

    /** Looks through this object; afterwards nothing is left of the one before. */
    void scan(byte[] object, ExtraNames extraNames) throws Unfit {
        in = object;
        extras = extraNames;
        at = 0;
        int count = Field.COUNT + extras.count();
        if (kinds.length != count) {
            kinds = new Kind[count];
            starts = new int[count];
            ends = new int[count];
        }
        Arrays.fill(kinds, Kind.ABSENT); // where a field stands is asked of those only that are there
        if (next() != '{') {
            throw unexpected("one JSON object");
        }
        object(1);
        if (next() != -1) {
            throw unexpected("nothing after the object");
        }
    }

    Kind kind(Field field) {
        return kinds[field.ordinal()];
    }

    /** Of the extra field at this place. */
    Kind extraKind(int slot) {
        return kinds[Field.COUNT + slot];
    }

    int extraStart(int slot) {
        return starts[Field.COUNT + slot];
    }

    int extraEnd(int slot) {
        return ends[Field.COUNT + slot];
    }

    /** First byte of the field's value, for text the one after the quote. */
    int start(Field field) {
        return starts[field.ordinal()];
    }

    /** The byte after the field's value, for text the closing quote. */
    int end(Field field) {
        return ends[field.ordinal()];
    }

    private void object(int level) throws Unfit {
        enter(level);
        if (next() == '}') {
            at++;
            return;
        }
        UnknownNames unknown = null;
        while (true) {
            if (next() != '"') {
                throw unexpected("a field name in quotes");
            }
            int start = at + 1;
            string();
            int slot = level == 1 ? known(start) : -1;
            if (slot < 0) {
                unknown = unknown == null ? new UnknownNames(in) : unknown;
                if (!unknown.add(start, at - 1, escaped)) {
                    throw twice(start, at - 1);
                }
            }
            int nameEnd = at - 1;
            if (next() != ':') {
                throw unexpected("a colon");
            }
            at++;
            if (slot < 0) {
                value(level);
            } else {
                note(slot, start, nameEnd);
            }
            int after = next();
            at++;
            if (after == '}') {
                return;
            }
            if (after != ',') {
                at--;
                throw unexpected("a comma or the end of the object");
            }
        }
    }

    private int known(int start) {
        if (!escaped) {
            return slot(in, start, at - 1);
        }
        var name = JsonText.decoded(in, start, at - 1, true).getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return slot(name, 0, name.length);
    }

    /** Place of a known field, or of an extra one behind them; -1 where it is neither. */
    private int slot(byte[] name, int start, int end) {
        var field = Field.of(name, start, end);
        if (field != null) {
            return field.ordinal();
        }
        int extra = extras.slot(name, start, end);
        return extra < 0 ? -1 : Field.COUNT + extra;
    }

    private void note(int slot, int nameStart, int nameEnd) throws Unfit {
        if (kinds[slot] != Kind.ABSENT) {
            throw twice(nameStart, nameEnd);
        }
        next();
        int start = at;
        var kind = value(1);
        kinds[slot] = kind;
        starts[slot] = kind.isText() ? start + 1 : start;
        ends[slot] = kind.isText() ? at - 1 : at;
    }

    private void array(int level) throws Unfit {
        enter(level);
        if (next() == ']') {
            at++;
            return;
        }
        while (true) {
            value(level);
            int after = next();
            at++;
            if (after == ']') {
                return;
            }
            if (after != ',') {
                at--;
                throw unexpected("a comma or the end of the array");
            }
        }
    }

    private void enter(int level) throws Unfit {
        if (level > LEVELS_MAX) {
            throw new Unfit(
                    Reason.TOO_DEEP, "byte " + at + " opens level " + level + ", allowed: " + LEVELS_MAX + " levels");
        }
        at++;
    }

    /** Steps over the value at the next place; {@code level} is that of what it stands in. */
    private Kind value(int level) throws Unfit {
        int first = next();
        switch (first) {
            case '"' -> {
                string();
                return escaped ? Kind.ESCAPED_TEXT : beyondAscii ? Kind.UTF8_TEXT : Kind.PLAIN_TEXT;
            }
            case '{' -> {
                object(level + 1);
                return Kind.OBJECT;
            }
            case '[' -> {
                array(level + 1);
                return Kind.ARRAY;
            }
            case 't' -> {
                return literal("true", Kind.TRUE);
            }
            case 'f' -> {
                return literal("false", Kind.FALSE);
            }
            case 'n' -> {
                return literal("null", Kind.NULL);
            }
            default -> {
                return number();
            }
        }
    }

    private Kind literal(String word, Kind kind) throws Unfit {
        for (int i = 0; i < word.length(); i++) {
            if (at + i >= in.length || in[at + i] != word.charAt(i)) {
                throw unexpected("a JSON value");
            }
        }
        at += word.length();
        return kind;
    }

    private Kind number() throws Unfit {
        if (peek() == '-') {
            at++;
        }
        if (peek() == '0') {
            at++;
        } else {
            digits("a JSON value");
        }
        var kind = Kind.INTEGER;
        if (peek() == '.') {
            at++;
            digits("a digit after the point");
            kind = Kind.DECIMAL;
        }
        if (peek() == 'e' || peek() == 'E') {
            at++;
            if (peek() == '+' || peek() == '-') {
                at++;
            }
            digits("a digit of the exponent");
            kind = Kind.DECIMAL;
        }
        return kind;
    }

    private void digits(String wanted) throws Unfit {
        int first = at;
        while (at < in.length && in[at] >= '0' && in[at] <= '9') {
            at++;
        }
        if (at == first) {
            throw unexpected(wanted);
        }
    }

    /** Steps over the string whose quote stands at the place, and over its closing quote. */
    private void string() throws Unfit {
        escaped = false;
        beyondAscii = false;
        for (at++; at < in.length; ) {
            at += JsonText.plainLength(in, at);
            if (at >= in.length) {
                break;
            }
            byte c = in[at];
            if (c == '"') {
                at++;
                return;
            } else if (c == '\\') {
                escaped = true;
                at += JsonText.escapeLength(in, at);
            } else if (c < 0) {
                beyondAscii = true;
                at += JsonText.utf8Length(in, at);
            } else if (c < 0x20) {
                throw unexpected("no control character in a string");
            } else {
                at++;
            }
        }
        throw unexpected("a closing quote");
    }

    /** The next byte that is no blank, without stepping over it; -1 at the end. */
    private int next() {
        while (at < in.length) {
            byte c = in[at];
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return c & 0xFF;
            }
            at++;
        }
        return -1;
    }

    private int peek() {
        return at < in.length ? in[at] : -1;
    }

    private Unfit twice(int start, int end) {
        return new Unfit(
                Reason.FIELD_TWICE,
                "field " + Excerpt.of(in, start, end) + " at byte " + start
                        + " stands twice in one object, allowed: once");
    }

    private Unfit unexpected(String wanted) {
        if (at >= in.length) {
            return new Unfit(
                    Reason.NOT_DECODABLE, "the value ends after " + in.length + " bytes, allowed there: " + wanted);
        }
        var found = Excerpt.of(in, at, Math.min(in.length, at + 1));
        return new Unfit(
                Reason.NOT_DECODABLE, "byte " + at + " of the JSON is " + found + ", allowed there: " + wanted);
    }
}
