package riskcluster.node.log;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import org.slf4j.LoggerFactory;

/** The log of this process, told what lines look like and to keep the last of them. */
public final class NodeLog {

    /** By its name in {@code logback.xml}. */
    private static final String STANDARD_ERROR = "stderr";

    private static final String RECENT = "recent";

    private NodeLog() {}

    /**
     * Lines have this form from now on.
     *
     * @param node by which the other nodes know this one; each line carries it
     */
    public static void speak(LogSettings settings, String node) {
        speak(context(), settings, node);
    }

    static void speak(LoggerContext context, LogSettings settings, String node) {
        context.putProperty(LogLine.NODE, node);
        recent(context);
        settings.level().ifPresent(level -> root(context).setLevel(level.level()));
        if (settings.format() == LogFormat.JSON
                && root(context).getAppender(STANDARD_ERROR) instanceof ConsoleAppender<ILoggingEvent> console) {
            var lines = new JsonLines();
            lines.setContext(context);
            lines.start();
            console.stop();
            console.setEncoder(lines);
            console.start();
        }
    }

    /** The last lines of this process, kept from the first call on, or from when it was told how to speak. */
    public static RecentLines recent() {
        return recent(context());
    }

    private static synchronized RecentLines recent(LoggerContext context) {
        if (root(context).getAppender(RECENT) instanceof RecentLines kept) {
            return kept;
        }
        var lines = new RecentLines();
        lines.setName(RECENT);
        lines.setContext(context);
        lines.start();
        root(context).addAppender(lines);
        return lines;
    }

    private static Logger root(LoggerContext context) {
        return context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    }

    private static LoggerContext context() {
        return (LoggerContext) LoggerFactory.getILoggerFactory();
    }
}
