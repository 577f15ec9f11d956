package riskcluster.node.config;

import java.util.Locale;
import java.util.function.Function;

/**
 * One thing that can be configured.
 *
 * @param path its name in the file, with dots
 * @param standard what holds where nothing is said: a value, or one of {@link #REQUIRED} and {@link #ABSENT}
 * @param allowed its values, for a person
 * @param meaning what it does, for a person
 * @param read turns its text into its value; an {@link IllegalArgumentException} refuses it
 */
public record Key<T>(String path, String standard, String allowed, String meaning, Function<String, T> read) {

    /** There is no value that would suit everyone. */
    static final String REQUIRED = "(required)";

    /** Nothing is a value too. */
    static final String ABSENT = "(none)";

    private static final String PREFIX = "RISKCLUSTER_";

    /** The environment variable that wins over the file. */
    public String variable() {
        return PREFIX + path.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    boolean hasStandard() {
        return !standard.equals(REQUIRED) && !standard.equals(ABSENT);
    }

    /** The value that a text stands for. */
    T value(String text) {
        try {
            return read.apply(text.strip());
        } catch (ConfigRefused e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw ConfigRefused.value(path, text, allowed);
        }
    }
}
