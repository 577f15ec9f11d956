package riskcluster.node.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Reads of a line only what a record needs beside its bytes: the user id and the time. */
final class ContractLines {

    private static final long SECONDS_BELOW = 100_000_000_000L;
    private static final long MILLIS_BELOW = 100_000_000_000_000L;

    private final JsonFactory factory = new JsonFactory();

    InputRecord record(byte[] line) {
        byte[] key = null;
        var time = InputRecord.TIME_UNKNOWN;
        var seen = 0;
        try (var parser = factory.createParser(line)) {
            parser.nextToken();
            while (seen < 2 && parser.nextToken() == JsonToken.FIELD_NAME) {
                var name = parser.currentName();
                var token = parser.nextToken();
                if (name.equals("user_id")) {
                    key = key(parser, token);
                    seen++;
                } else if (name.equals("timestamp")) {
                    time = time(parser, token);
                    seen++;
                } else {
                    parser.skipChildren();
                }
            }
        } catch (IOException e) {
            // A broken line is sent as it is, with what was read of it: the data contract rejects it by name.
            return new InputRecord(key, line, time);
        }
        return new InputRecord(key, line, time);
    }

    private static byte @Nullable [] key(JsonParser parser, JsonToken token) throws IOException {
        return token.isScalarValue() && token != JsonToken.VALUE_NULL
                ? parser.getText().getBytes(StandardCharsets.UTF_8)
                : null;
    }

    private static long time(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_NUMBER_INT) {
            var number = parser.getLongValue();
            return number < SECONDS_BELOW ? number * 1_000_000 : number < MILLIS_BELOW ? number * 1_000 : number;
        }
        return token == JsonToken.VALUE_STRING ? iso(parser.getText()) : InputRecord.TIME_UNKNOWN;
    }

    private static long iso(String text) {
        try {
            return ChronoUnit.MICROS.between(
                    Instant.EPOCH,
                    text.endsWith("Z")
                            ? Instant.parse(text)
                            : OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            return InputRecord.TIME_UNKNOWN;
        }
    }
}
