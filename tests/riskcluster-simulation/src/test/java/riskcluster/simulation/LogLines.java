package riskcluster.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import riskcluster.simulation.world.Book;

/** What the program itself logs during a traced run, as lines of the trace; else logging is off. */
final class LogLines extends AppenderBase<ILoggingEvent> {

    private static final int CAUSES_MAX = 4;

    /** What tells two actors of one name apart is drawn outside of the seed. */
    private static final Pattern ACTOR_NUMBER = Pattern.compile("#-?\\d+]");

    private final Book book;
    private final Logger root;

    private LogLines(Book book, Logger root) {
        this.book = book;
        this.root = root;
    }

    static LogLines into(Book book, boolean traced) {
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        var lines = new LogLines(book, root);
        if (traced) {
            root.setLevel(Level.WARN);
            lines.start();
            root.addAppender(lines);
        }
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        book.note(() -> event.getLevel() + " " + repeatable(event.getFormattedMessage()));
        var cause = event.getThrowableProxy();
        for (int i = 0; cause != null && i < CAUSES_MAX; i++) {
            var seen = cause;
            book.note(() -> "  by " + seen.getClassName() + ": " + repeatable(seen.getMessage()));
            cause = cause.getCause();
        }
    }

    private static String repeatable(@Nullable String message) {
        return message == null ? "" : ACTOR_NUMBER.matcher(message).replaceAll("]");
    }

    void close() {
        root.detachAppender(this);
        root.setLevel(Level.OFF);
    }
}
