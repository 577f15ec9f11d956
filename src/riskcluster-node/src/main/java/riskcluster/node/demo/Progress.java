package riskcluster.node.demo;

import riskcluster.node.terminal.Screen;

/**
 * What a person sees while a demo runs: on a terminal one line that is painted over, elsewhere a plain line now and
 * then. Safe for several threads.
 */
public final class Progress {

    private static final long PAINT_NANOS = 250_000_000L;
    private static final long PLAIN_NANOS = 2_000_000_000L;
    private static final int COLUMNS_MAX = 79;
    private static final String ERASE_LINE = "\r\u001b[2K";

    private final Screen screen;
    private String painted = "";
    private long shownNanos = System.nanoTime() - PLAIN_NANOS;

    public Progress(Screen screen) {
        this.screen = screen;
    }

    /** Whether it is time to show the state again. */
    public synchronized boolean isDue() {
        return System.nanoTime() - shownNanos >= (screen.terminal() ? PAINT_NANOS : PLAIN_NANOS);
    }

    /** Shows how things stand now, in place of how they stood. */
    public synchronized void state(String line) {
        shownNanos = System.nanoTime();
        if (screen.terminal()) {
            // A line that wraps could not be painted over.
            painted = line.length() > COLUMNS_MAX ? line.substring(0, COLUMNS_MAX) : line;
            screen.out().print(ERASE_LINE + painted);
            screen.out().flush();
        } else {
            screen.out().println(line);
        }
    }

    /** Says something that stays. */
    public synchronized void line(String line) {
        if (painted.isEmpty()) {
            screen.out().println(line);
        } else {
            screen.out().println(ERASE_LINE + line);
            screen.out().print(painted);
            screen.out().flush();
        }
    }

    /** Takes the painted line away. */
    public synchronized void end() {
        if (!painted.isEmpty()) {
            screen.out().print(ERASE_LINE);
            screen.out().flush();
            painted = "";
        }
    }
}
