package riskcluster.node.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.UnsynchronizedAppenderBase;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The last lines of this process' log, and those who want to hear of the next. So many lines and so many characters are
 * kept, whichever is less; the oldest go first.
 */
public final class RecentLines extends UnsynchronizedAppenderBase<ILoggingEvent> {

    /** Kept at most. */
    public static final int LINES_MAX = 2_000;

    /** Kept at most; 4 MiB where every character takes two bytes. */
    static final int CHARACTERS_MAX = 2 << 20;

    /** Lines that somebody who follows has not taken yet; beyond it he is told that some are lost. */
    static final int WAITING_MAX = 1_000;

    private final Deque<LogLine> lines = new ArrayDeque<>();
    private final Set<Following> followers = ConcurrentHashMap.newKeySet();
    private int characters;

    @Override
    protected void append(ILoggingEvent event) {
        keep(LogLine.of(event));
    }

    /** One after the other: who begins to follow misses none and gets none twice. */
    synchronized void keep(LogLine line) {
        lines.addLast(line);
        characters += line.characters();
        while (lines.size() > LINES_MAX || characters > CHARACTERS_MAX && lines.size() > 1) {
            characters -= lines.removeFirst().characters();
        }
        followers.forEach(each -> each.hear(line));
    }

    /** Those of the last that are wanted, the oldest first, and whatever comes from now on. */
    public synchronized Following follow(Predicate<LogLine> wanted, int linesMax) {
        var last = new ArrayDeque<LogLine>();
        for (var each = lines.descendingIterator(); each.hasNext() && last.size() < linesMax; ) {
            var line = each.next();
            if (wanted.test(line)) {
                last.addFirst(line);
            }
        }
        var following = new Following(wanted, List.copyOf(last));
        followers.add(following);
        return following;
    }

    /** Somebody who follows, until he closes it. */
    public final class Following implements AutoCloseable {
        private final Predicate<LogLine> wanted;
        private final List<LogLine> last;
        private final BlockingQueue<LogLine> next = new ArrayBlockingQueue<>(WAITING_MAX);
        private volatile boolean lost;

        private Following(Predicate<LogLine> wanted, List<LogLine> last) {
            this.wanted = wanted;
            this.last = last;
        }

        private void hear(LogLine line) {
            if (wanted.test(line) && !next.offer(line)) {
                lost = true;
            }
        }

        /** What there was when it began. */
        public List<LogLine> last() {
            return last;
        }

        /** The next line; empty where none comes in time. */
        public Optional<LogLine> next(long seconds) throws InterruptedException {
            return Optional.ofNullable(next.poll(seconds, TimeUnit.SECONDS));
        }

        /** Lines came faster than they were taken. */
        public boolean isLost() {
            return lost;
        }

        @Override
        public void close() {
            followers.remove(this);
        }
    }

    /** Everything that is kept, the oldest first. */
    synchronized List<LogLine> kept() {
        return new ArrayList<>(lines);
    }
}
