package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import riskcluster.node.explain.NumberedError;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.view.Coordinates;

/** Queries over bronze.rejected. */
final class RejectedSql {

    private static final String SOURCE = "topic || '/' || \"partition\" || '/' || \"offset\" AS source";

    private RejectedSql() {}

    /**
     * The newest rejected records.
     *
     * @throws CommandFailed where the reason is none
     */
    static String list(@Nullable String reason, @Nullable Integer partition, int count) {
        var conditions = new ArrayList<String>();
        if (reason != null) {
            var code = NumberedError.find(reason)
                    .orElseThrow(() -> new CommandFailed(
                            Exit.USAGE, "there is no reason '" + reason + "'; see 'riskcluster explain'"))
                    .code();
            conditions.add("reason = '" + code + "'");
        }
        if (partition != null) {
            conditions.add("\"partition\" = " + partition);
        }
        return "SELECT " + SOURCE + ", kafka_time, reason, octet_length(value) AS bytes, detail FROM bronze.rejected"
                + (conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions))
                + " ORDER BY kafka_time DESC, topic, \"partition\", \"offset\" DESC LIMIT " + count;
    }

    /** One record with all its bytes, as hexadecimal text. */
    static String one(Coordinates source) {
        return "SELECT " + SOURCE + ", kafka_time, reason, detail, hex(key) AS key, hex(value) AS value,"
                + " [{'name': h.name, 'value': hex(h.value)} FOR h IN headers] AS headers"
                + " FROM bronze.rejected WHERE " + source.sql();
    }

    /** The same for people: bytes as the text that they are, and what the reason means. */
    static JsonNode readable(JsonNode row, Function<String, Optional<NumberedError>> errors) {
        var shown = NodeClient.JSON.createObjectNode();
        shown.set("source", row.path("source"));
        shown.set("kafka_time", row.path("kafka_time"));
        shown.set("reason", row.path("reason"));
        errors.apply(row.path("reason").asText())
                .ifPresent(error -> shown.put("meaning", error.meaning()).put("remedy", error.remedy()));
        shown.set("detail", row.path("detail"));
        text(shown, "key", row.path("key"));
        text(shown, "value", row.path("value"));
        var headers = shown.putArray("headers");
        row.path("headers")
                .forEach(header -> text(
                        headers.addObject().put("name", header.path("name").asText()), "value", header.path("value")));
        return shown;
    }

    private static void text(ObjectNode shown, String name, JsonNode hex) {
        if (!hex.isTextual()) {
            shown.putNull(name);
            return;
        }
        var bytes = HexFormat.of().withUpperCase().parseHex(hex.asText());
        try {
            shown.put(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            shown.put(name, "0x" + HexFormat.of().formatHex(bytes)); // no text, so shown as bytes
        }
    }
}
