package riskcluster.node.operate;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.node.guard.Caller;
import riskcluster.node.guard.Guard;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.operate.protocol.Frame;
import riskcluster.node.operate.protocol.FrameRefused;

/** A client's connection: its hello, and then one command after the other. */
final class Session implements Runnable {

    private static final Logger LOG = LoggerFactory.getLogger(Session.class);

    private final Line line;
    private final Commands commands;
    private final String node;
    private final Limits limits;
    private final Guard guard;
    private final boolean crowded;
    private volatile Optional<Caller> caller = Optional.empty();
    private volatile long quietSince = System.nanoTime();
    private volatile boolean greeted;
    private volatile Optional<Errand> running = Optional.empty();

    /**
     * A connection that was just made.
     *
     * @param crowded there are too many already: it is only told so
     */
    Session(Line line, Commands commands, String node, Limits limits, Guard guard, boolean crowded) {
        this.guard = guard;
        this.line = line;
        this.commands = commands;
        this.node = node;
        this.limits = limits;
        this.crowded = crowded;
    }

    @Override
    public void run() {
        try {
            line.part(new Frame.Refused(talk()));
        } catch (IOException e) {
            LOG.debug("a client went without a word", e);
        } finally {
            close();
        }
    }

    /** Talks until one side has enough, and says why the node has. */
    private String talk() throws IOException {
        try {
            return greet() + converse();
        } catch (FrameRefused e) {
            return String.valueOf(e.getMessage());
        }
    }

    private String greet() throws IOException {
        var first = line.read().orElse(null);
        if (first instanceof Frame.Token(var token)) {
            return greet(line.read().orElse(null), Optional.of(token));
        }
        return greet(first, Optional.empty());
    }

    private String greet(@Nullable Frame first, Optional<String> token) throws IOException {
        return switch (first) {
            case Frame.Hello hello
            when crowded -> "this node serves " + limits.connectionsMax() + " operators already; try again later";
            case Frame.Hello hello
            when hello.protocol() != Frame.PROTOCOL ->
                "this node speaks protocol " + Frame.PROTOCOL + ", the client " + hello.protocol()
                        + "; use a client of the node's version";
            case Frame.Hello hello -> enter(token);
            case null, default -> "a client says hello first";
        };
    }

    private String enter(Optional<String> token) throws IOException {
        var entry = guard.admit(token, line.from(), "the operators' interface");
        if (entry.refusal().isPresent()) {
            return entry.refusal().get().sentence();
        }
        caller = entry.caller();
        greeted = true;
        line.write(commands.page(node));
        return "";
    }

    private String converse() throws IOException {
        while (greeted) {
            var frame = line.read();
            quietSince = System.nanoTime();
            switch (frame.orElse(null)) {
                case null -> {
                    return "bye";
                }
                case Frame.Run run -> start(run);
                case Frame.Cancel cancel ->
                    running.filter(errand -> errand.id() == cancel.id()).ifPresent(Errand::cancel);
                default -> {
                    return "a client says run or cancel";
                }
            }
        }
        return "";
    }

    private void start(Frame.Run run) throws IOException {
        if (running.filter(errand -> !errand.isOver()).isPresent()) {
            line.write(new Frame.End(run.id(), Ending.FAILED, "another command runs on this connection"));
        } else {
            running = Optional.of(Errand.start(run, commands, line, limits.commandMax(), guard, caller.orElseThrow()));
        }
    }

    /** Ends what has taken too long; called now and then. */
    void watch() {
        var errand = running.filter(each -> !each.isOver());
        var silent = Duration.ofNanos(System.nanoTime() - quietSince);
        if (errand.isPresent()) {
            quietSince = System.nanoTime();
            errand.filter(each -> each.isLate(Duration.ZERO)).ifPresent(Errand::stop);
            errand.filter(each -> each.isLate(limits.frameMax())).ifPresent(each -> close());
        }
        if (line.hangs(limits.frameMax())
                || silent.compareTo(greeted ? limits.idleMax() : limits.helloMax()) > 0 && errand.isEmpty()) {
            close();
        }
    }

    /** Ends in order: what is about to answer still does, what has no end is cut off. */
    void finish(Duration max) {
        running.ifPresent(errand -> errand.finish(max));
        close();
    }

    /** Ends the connection and what runs on it. */
    void close() {
        line.close();
        running.ifPresent(Errand::cancel);
    }
}
