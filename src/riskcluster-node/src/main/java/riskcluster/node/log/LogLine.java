package riskcluster.node.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.KeyValuePair;

/**
 * One line of the log as a JSON object: {@code time} (UTC, RFC 3339), {@code level}, {@code logger}, {@code thread},
 * {@code node}, {@code message}, what the line was given by name, and of an exception {@code exception},
 * {@code exception_message} and {@code stack}.
 */
public record LogLine(ObjectNode json) {

    static final String NODE = "node";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    /** Longer ones are cut: a line must fit where lines are kept. */
    private static final int MESSAGE_CHARACTERS_MAX = 8_192;

    private static final int STACK_CHARACTERS_MAX = 16_384;
    private static final int FIELD_CHARACTERS_MAX = 1_024;

    /** What stands in the text of a line by itself. */
    private static final Set<String> OF_EVERY_LINE = Set.of(
            "time", "level", "logger", "thread", NODE, "message", "actor", "exception", "exception_message", "stack");

    /** By which Pekko tells the path of an actor, and the thread where a line is logged for another one. */
    private static final String ACTOR = "pekkoSource";

    private static final String OTHER_THREAD = "sourceThread";

    /** The line that an event makes. */
    static LogLine of(ILoggingEvent event) {
        var json = JSON.createObjectNode();
        var around = event.getMDCPropertyMap();
        json.put("time", TIME.format(Instant.ofEpochMilli(event.getTimeStamp())));
        json.put("level", event.getLevel().toString());
        json.put("logger", event.getLoggerName());
        json.put("thread", around.getOrDefault(OTHER_THREAD, event.getThreadName()));
        Optional.ofNullable(event.getLoggerContextVO().getPropertyMap().get(NODE))
                .ifPresent(node -> json.put(NODE, node));
        json.put("message", cut(event.getFormattedMessage(), MESSAGE_CHARACTERS_MAX));
        Optional.ofNullable(event.getKeyValuePairs()).orElse(List.of()).forEach(pair -> put(json, pair));
        Optional.ofNullable(around.get(ACTOR)).ifPresent(actor -> json.put("actor", actor));
        Optional.ofNullable(event.getThrowableProxy()).ifPresent(thrown -> {
            json.put("exception", thrown.getClassName());
            json.put("exception_message", cut(thrown.getMessage(), MESSAGE_CHARACTERS_MAX));
            json.put("stack", cut(ThrowableProxyUtil.asString(thrown), STACK_CHARACTERS_MAX));
        });
        return new LogLine(json);
    }

    /** What every line has is not to be had otherwise. */
    private static void put(ObjectNode json, KeyValuePair pair) {
        var name = OF_EVERY_LINE.contains(pair.key) ? pair.key + "_" : pair.key;
        switch (pair.value) {
            case Integer number -> json.put(name, number);
            case Long number -> json.put(name, number);
            case Boolean truth -> json.put(name, truth);
            case null, default -> json.put(name, cut(String.valueOf(pair.value), FIELD_CHARACTERS_MAX));
        }
    }

    private static String cut(@Nullable String text, int charactersMax) {
        var whole = String.valueOf(text);
        return whole.length() <= charactersMax ? whole : whole.substring(0, charactersMax) + "...";
    }

    /** What a field holds, as text; empty where the line has none of this name. */
    public String field(String name) {
        return json.path(name).asText("");
    }

    /** As Logback calls it. */
    public String level() {
        return field("level");
    }

    /** The characters of its content, as they are kept. */
    int characters() {
        int characters = 0;
        for (JsonNode value : json) {
            characters += value.asText().length();
        }
        return characters;
    }

    /** For a person: what it says, then what it was given by name, and of an exception all but the stack. */
    public String text() {
        var text = new StringBuilder().append(field("time")).append(" %-5s ".formatted(level()));
        if (json.has(NODE)) {
            text.append(field(NODE)).append(' ');
        }
        text.append(shortened(field("logger")))
                .append("  ")
                .append(field("message").replace('\n', ' '));
        json.properties().forEach(entry -> {
            if (!OF_EVERY_LINE.contains(entry.getKey())) {
                text.append(' ')
                        .append(entry.getKey())
                        .append('=')
                        .append(entry.getValue().asText());
            }
        });
        if (json.has("exception")) {
            text.append(" (")
                    .append(field("exception"))
                    .append(": ")
                    .append(field("exception_message"))
                    .append(')');
        }
        return text.toString();
    }

    private static String shortened(String logger) {
        return logger.substring(logger.lastIndexOf('.') + 1);
    }
}
