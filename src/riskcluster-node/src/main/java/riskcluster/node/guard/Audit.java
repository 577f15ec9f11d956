package riskcluster.node.guard;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/** The record of who changed or tried to change what, when, and how it ended: a JSON object on a line for each. */
public final class Audit {

    /** The logger that the lines go to, for whoever sends them to a place of their own. */
    public static final String LOGGER = "riskcluster.audit";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Clock clock;
    private final Consumer<String> lines;

    Audit(Clock clock, Consumer<String> lines) {
        this.clock = clock;
        this.lines = lines;
    }

    /** The one of a node. */
    public static Audit log() {
        var log = LoggerFactory.getLogger(LOGGER);
        return new Audit(Clock.systemUTC(), line -> log.info("{}", line));
    }

    /** For a node that asks nobody who he is: who did something is then not known. */
    static Audit silent() {
        var log = LoggerFactory.getLogger(LOGGER);
        return new Audit(Clock.systemUTC(), line -> log.debug("{}", line));
    }

    /** Somebody begins to change something. */
    public void begun(Caller who, String what) {
        lines.accept(line(who, what, "begun").toString());
    }

    /** It ended: done or not done, and why not. */
    public void ended(Caller who, String what, boolean done, String why) {
        var line = line(who, what, done ? "done" : "failed");
        if (!why.isEmpty()) {
            line.put("why", why);
        }
        lines.accept(line.toString());
    }

    /** Somebody was not let do it. */
    public void refused(Caller who, String what, Refusal refusal) {
        lines.accept(line(who, what, "refused").put("why", refusal.sentence()).toString());
    }

    /** Somebody unknown was not let in. */
    public void unknown(String from, String what, Refusal refusal) {
        lines.accept(line(what, from, "refused").put("why", refusal.sentence()).toString());
    }

    private ObjectNode line(Caller who, String what, String outcome) {
        return line(what, who.from(), outcome)
                .put("who", who.name())
                .put("role", who.role().toString());
    }

    private ObjectNode line(String what, String from, String outcome) {
        return JSON.createObjectNode()
                .put("time", Instant.now(clock).truncatedTo(ChronoUnit.MILLIS).toString())
                .put("what", what)
                .put("outcome", outcome)
                .put("from", from);
    }
}
