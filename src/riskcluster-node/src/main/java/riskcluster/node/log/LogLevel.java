package riskcluster.node.log;

import ch.qos.logback.classic.Level;

/** How much a line matters, from the most to the least. */
public enum LogLevel {
    ERROR(Level.ERROR),
    WARN(Level.WARN),
    INFO(Level.INFO),
    DEBUG(Level.DEBUG);

    private final Level level;

    LogLevel(Level level) {
        this.level = level;
    }

    Level level() {
        return level;
    }

    /** Whether a line of the other level is of this one or matters more. */
    public boolean takes(String other) {
        return Level.toLevel(other, Level.DEBUG).isGreaterOrEqual(level);
    }
}
