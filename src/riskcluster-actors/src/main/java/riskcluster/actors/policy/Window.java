package riskcluster.actors.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The lengths of time over which a customer's transactions are counted, from the shortest to the longest. */
public enum Window {
    HALF_HOUR("30m", 30),
    HOUR("1h", 60),
    DAY("1d", 24 * 60),
    WEEK("7d", 7 * 24 * 60),
    MONTH("30d", 30 * 24 * 60);

    /** From the shortest to the longest. */
    public static final List<Window> ALL = List.of(values());

    /** How many there are. */
    public static final int COUNT = ALL.size();

    private static final long MICROS_PER_MINUTE = 60 * 1_000_000L;

    private final String text;
    private final long micros;

    Window(String text, long minutes) {
        this.text = text;
        this.micros = minutes * MICROS_PER_MINUTE;
    }

    /** As a rule file writes it. */
    public String text() {
        return text;
    }

    public long micros() {
        return micros;
    }

    /** The window that a rule file writes as {@code text}. */
    static Optional<Window> of(String text) {
        return Arrays.stream(values())
                .filter(window -> window.text.equals(text))
                .findFirst();
    }

    static String allowed() {
        return Arrays.stream(values()).map(Window::text).collect(Collectors.joining(", "));
    }
}
