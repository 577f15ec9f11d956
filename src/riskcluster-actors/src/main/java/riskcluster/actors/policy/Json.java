package riskcluster.actors.policy;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A JSON value that knows where it stood, for messages, and how it is written canonically, for digests. */
sealed interface Json {

    Place place();

    /** The value without blanks, with sorted names and without a number's useless zeros. */
    String canonical();

    /** A place in a text; lines and columns count from 1. */
    record Place(int line, int column) {
        static final Place NONE = new Place(0, 0);

        private static Place of(JsonLocation location) {
            return new Place(location.getLineNr(), location.getColumnNr());
        }
    }

    /**
     * Named members.
     *
     * @param members in the text's order
     */
    record Members(Place place, Map<String, Json> members) implements Json {
        @Override
        public String canonical() {
            var text = new StringBuilder("{");
            new TreeMap<>(members)
                    .forEach((name, value) -> text.append(text.length() == 1 ? "" : ",")
                            .append(quoted(name))
                            .append(':')
                            .append(value.canonical()));
            return text.append('}').toString();
        }
    }

    record Elements(Place place, List<Json> elements) implements Json {
        @Override
        public String canonical() {
            return elements.stream().map(Json::canonical).collect(java.util.stream.Collectors.joining(",", "[", "]"));
        }
    }

    record Text(Place place, String text) implements Json {
        @Override
        public String canonical() {
            return quoted(text);
        }
    }

    record Number(Place place, BigDecimal number) implements Json {
        @Override
        public String canonical() {
            return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
        }
    }

    /** {@code true}, {@code false} or {@code null}. */
    record Word(Place place, String canonical) implements Json {}

    /** Parses all of {@code text}, which may be deep or long only within limits. */
    static Json parse(String text) throws Fault {
        try (var parser = FACTORY.createParser(text)) {
            parser.nextToken();
            var value = value(parser);
            if (parser.nextToken() != null) {
                throw new Fault(
                        Place.of(parser.currentTokenLocation()), "something follows the JSON object", "nothing");
            }
            return value;
        } catch (JacksonException e) {
            var place = e.getLocation() == null ? Place.NONE : Place.of(e.getLocation());
            throw new Fault(place, "not JSON: " + e.getOriginalMessage(), "one JSON object");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("a text in memory could not be read", e);
        }
    }

    private static Json value(JsonParser parser) throws IOException, Fault {
        var token = parser.currentToken();
        if (token == null) {
            throw new Fault(Place.of(parser.currentLocation()), "the text is empty", "one JSON object");
        }
        var place = Place.of(parser.currentTokenLocation());
        return switch (token) {
            case START_OBJECT -> {
                var members = new LinkedHashMap<String, Json>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    var name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield new Members(place, members);
            }
            case START_ARRAY -> {
                var elements = new ArrayList<Json>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield new Elements(place, elements);
            }
            case VALUE_STRING -> new Text(place, parser.getText());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(place, parser.getText());
            default -> new Word(place, parser.getText());
        };
    }

    private static Number number(Place place, String letters) throws Fault {
        var number = letters.length() > DIGITS_MAX ? null : new BigDecimal(letters);
        if (number == null || Math.abs((long) number.scale()) > DIGITS_MAX) {
            throw new Fault(place, "a number is too long", "at most " + DIGITS_MAX + " digits");
        }
        return new Number(place, number);
    }

    private static String quoted(String text) {
        return '"' + String.valueOf(JsonStringEncoder.getInstance().quoteAsString(text)) + '"';
    }

    int DIGITS_MAX = 40;

    JsonFactory FACTORY = JsonFactory.builder()
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** Leaves the reading of a text that cannot be used. */
    final class Fault extends Exception {
        private final transient Place place;
        private final String allowed;
        private final @Nullable String otherFile;

        Fault(Place place, String reason, String allowed) {
            this(null, place, reason, allowed);
        }

        /** A fault in a file that the text names. */
        Fault(@Nullable String otherFile, Place place, String reason, String allowed) {
            super(reason, null, false, false);
            this.place = place;
            this.allowed = allowed;
            this.otherFile = otherFile;
        }

        PolicyReading.Refused refused(String source) {
            return new PolicyReading.Refused(
                    otherFile == null ? source : otherFile,
                    place.line(),
                    place.column(),
                    String.valueOf(getMessage()),
                    allowed);
        }
    }
}
