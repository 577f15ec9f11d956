package riskcluster.actors.decode;

/** What stands at a field's place in a JSON record. */
enum Kind {
    ABSENT("nothing"),
    NULL("null"),
    /** ASCII without escapes. */
    PLAIN_TEXT("a string"),
    /** Beyond ASCII, without escapes. */
    UTF8_TEXT("a string"),
    ESCAPED_TEXT("a string"),
    /** A number without fraction and exponent. */
    INTEGER("an integer"),
    DECIMAL("a number with a fraction or an exponent"),
    TRUE("a boolean"),
    FALSE("a boolean"),
    OBJECT("an object"),
    ARRAY("an array");

    private final String text;

    Kind(String text) {
        this.text = text;
    }

    boolean isAbsent() {
        return this == ABSENT || this == NULL;
    }

    boolean isText() {
        return this == PLAIN_TEXT || this == UTF8_TEXT || this == ESCAPED_TEXT;
    }

    /** For messages: a noun with its article. */
    String text() {
        return text;
    }
}
