package riskcluster.node.operate;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.node.guard.Caller;
import riskcluster.node.guard.Guard;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.operate.protocol.Frame;
import riskcluster.node.view.Views;

/** One run of a command for a client, from its words to its end. */
final class Errand implements Answer, Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Errand.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    /** So many lines, or characters, go into one frame. */
    private static final int LINES_MAX = 500;

    private static final int CHARACTERS_MAX = 1 << 18;

    private final Frame.Run asked;
    private final Commands commands;
    private final Line line;
    private final Duration max;
    private final Guard guard;
    private final Caller caller;
    private final long startedNanos = System.nanoTime();
    private final Thread thread;
    private volatile boolean endless;
    private volatile boolean cancelled;
    private volatile boolean over;
    private Ending ending = Ending.FINE;

    private Errand(Frame.Run asked, Commands commands, Line line, Duration max, Guard guard, Caller caller) {
        this.guard = guard;
        this.caller = caller;
        this.asked = asked;
        this.commands = commands;
        this.line = line;
        this.max = max;
        this.thread = Thread.ofVirtual().name("operate-run").unstarted(this);
    }

    static Errand start(Frame.Run asked, Commands commands, Line line, Duration max, Guard guard, Caller caller) {
        var errand = new Errand(asked, commands, line, max, guard, caller);
        errand.thread.start();
        return errand;
    }

    long id() {
        return asked.id();
    }

    /** Said before its end is sent: whoever has read that may ask for the next. */
    boolean isOver() {
        return over;
    }

    /** Ends it, for whatever reason the client has. */
    void cancel() {
        cancelled = true;
        thread.interrupt();
    }

    /** It has run for longer than it may by so much. */
    boolean isLate(Duration grace) {
        return !endless && System.nanoTime() - startedNanos > max.plus(grace).toNanos();
    }

    /** Ends it, since it takes too long. */
    void stop() {
        thread.interrupt();
    }

    /** Waits for its end, unless it has none. */
    void finish(Duration grace) {
        try {
            if (!endless) {
                thread.join(grace);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void run() {
        try {
            var end = end();
            over = true;
            line.write(end);
        } catch (IOException | UncheckedIOException e) {
            LOG.debug("the client of {} is gone", asked.words(), e);
            line.close();
        } finally {
            over = true;
        }
    }

    private Frame.End end() {
        try {
            var found = commands.find(asked.words());
            endless = found.command().page().endless();
            var words = String.join(" ", asked.words());
            var refusal = guard.refuse(caller, found.command().role(), words);
            if (refusal.isPresent()) {
                return end(Ending.FAILED, refusal.get().sentence());
            }
            return found.command().page().changes() ? onRecord(words, found) : run(found);
        } catch (CommandRefused refused) {
            return end(refused.ending(), refused.sentence());
        }
    }

    private Frame.End onRecord(String words, Commands.Asked found) {
        guard.audit().begun(caller, words);
        var end = run(found);
        guard.audit().ended(caller, words, end.ending() == Ending.FINE, end.message());
        return end;
    }

    private Frame.End run(Commands.Asked found) {
        try {
            found.command().work().run(found.arguments(), this);
            return end(ending, "");
        } catch (CommandRefused refused) {
            return end(refused.ending(), refused.sentence());
        } catch (InterruptedException e) {
            return interrupted();
        } catch (UncheckedIOException clientGone) {
            throw clientGone;
        } catch (RuntimeException e) {
            LOG.warn("the command {} failed", asked.words(), e);
            return end(Ending.FAILED, "the node failed at it: " + e + "; its log says more");
        }
    }

    private Frame.End interrupted() {
        if (!cancelled) {
            return end(Ending.TIMEOUT, "it took longer than " + max.toSeconds() + " s and was given up");
        }
        return endless ? end(Ending.FINE, "") : end(Ending.FAILED, "cancelled");
    }

    private Frame.End end(Ending how, String message) {
        return new Frame.End(asked.id(), how, message);
    }

    @Override
    public void show(Object view, Supplier<List<String>> lines) {
        var frame = new ArrayList<String>();
        var characters = 0;
        for (var text : asked.json() ? pretty(view) : lines.get()) {
            if (frame.size() == LINES_MAX || characters + text.length() > CHARACTERS_MAX && !frame.isEmpty()) {
                write(frame);
                frame.clear();
                characters = 0;
            }
            frame.add(text);
            characters += text.length();
        }
        write(frame);
    }

    @Override
    public void follow(Object view, Supplier<String> text) {
        write(List.of(asked.json() ? new String(Views.json(view), StandardCharsets.UTF_8) : text.get()));
    }

    @Override
    public String asker() {
        return caller.name();
    }

    @Override
    public void live() {
        write(List.of());
    }

    @Override
    public void end(Ending how) {
        ending = how;
    }

    private static List<String> pretty(Object view) {
        try {
            var tree = JSON.readTree(Views.json(view));
            return JSON.writerWithDefaultPrettyPrinter()
                    .writeValueAsString(tree)
                    .lines()
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException("what was written as JSON can be read as JSON", e);
        }
    }

    private void write(List<String> lines) {
        try {
            line.write(new Frame.Output(asked.id(), lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
