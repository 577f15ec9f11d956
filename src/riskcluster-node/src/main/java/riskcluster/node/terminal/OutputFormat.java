package riskcluster.node.terminal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The forms in which answers are shown. */
public enum OutputFormat {
    /** Aligned columns for people. */
    TABLE,
    /** The same with every column. */
    WIDE,
    /** One document for programs. */
    JSON,
    /** One JSON object on a line of its own for each row. */
    JSONL,
    /** The document in YAML. */
    YAML,
    /** What each row is called, one on a line. */
    NAME;

    /** Every form, as it is typed. */
    public static final String ALLOWED =
            Arrays.stream(values()).map(OutputFormat::word).collect(Collectors.joining(", "));

    /** The form that a word stands for, in any case. */
    public static Optional<OutputFormat> of(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }

    /** How it is typed. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** It is laid out in columns, not a document. */
    public boolean isTable() {
        return this == TABLE || this == WIDE;
    }
}
