package riskcluster.actors.model;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a long JSON text once from front to back: what nobody asks for never stands in memory. */
final class JsonCursor implements Closeable {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // so that a threshold that is no number can be named
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();
    /** Elements of one list. */
    private static final int ELEMENTS_MAX = ForestContent.NODES_MAX;

    private final JsonParser parser;

    JsonCursor(InputStream in) throws IOException {
        this.parser = FACTORY.createParser(in);
    }

    /** Takes the value of one member, with which the cursor then has to be done. */
    interface Member {
        void read(String name) throws IOException, ModelFault;
    }

    /** Takes one element of a list. */
    interface Element {
        void read() throws IOException, ModelFault;
    }

    /** Reads the whole text as one object. */
    void whole(String what, Member member) throws IOException, ModelFault {
        try {
            parser.nextToken();
            members(what, member);
            if (parser.nextToken() != null) {
                throw fault("something follows the JSON object", "nothing");
            }
        } catch (JacksonException e) {
            var place = e.getLocation() == null ? JsonLocation.NA : e.getLocation();
            throw new ModelFault(
                    Math.max(0, place.getLineNr()),
                    Math.max(0, place.getColumnNr()),
                    "not JSON: " + e.getOriginalMessage(),
                    "a file that save_model wrote under a name that ends in .json");
        }
    }

    void members(String what, Member member) throws IOException, ModelFault {
        expect(what, JsonToken.START_OBJECT, "an object in braces");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            member.read(name);
        }
    }

    void elements(String what, Element element) throws IOException, ModelFault {
        expect(what, JsonToken.START_ARRAY, "a list in brackets");
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    void skip() throws IOException {
        parser.skipChildren();
    }

    /** A text, number or truth value as it is written. */
    String word(String what) throws IOException, ModelFault {
        var token = parser.currentToken();
        if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
            throw fault("\"" + what + "\" is no single value", "a text or a number");
        }
        return parser.getText();
    }

    int integer(String what) throws IOException, ModelFault {
        var word = word(what);
        try {
            return Integer.parseInt(word);
        } catch (NumberFormatException e) {
            throw fault("\"" + what + "\" is " + word, "an integer");
        }
    }

    List<String> words(String what) throws IOException, ModelFault {
        var words = new ArrayList<String>();
        elements(what, () -> words.add(word(what)));
        return words;
    }

    /** Integers; a truth value counts as 0 or 1. */
    int[] integers(String what) throws IOException, ModelFault {
        var found = new Object() {
            int[] values = new int[128];
            int size;
        };
        elements(what, () -> {
            if (found.size == found.values.length) {
                found.values = Arrays.copyOf(found.values, longer(what, found.size));
            }
            found.values[found.size++] = switch (parser.currentToken()) {
                case VALUE_TRUE -> 1;
                case VALUE_FALSE -> 0;
                default -> integer(what);
            };
        });
        return Arrays.copyOf(found.values, found.size);
    }

    /** Numbers rounded to {@code float32}; those that have none are NaN or infinite. */
    float[] floats(String what) throws IOException, ModelFault {
        var found = new Object() {
            float[] values = new float[128];
            int size;
        };
        elements(what, () -> {
            if (found.size == found.values.length) {
                found.values = Arrays.copyOf(found.values, longer(what, found.size));
            }
            found.values[found.size++] = real(what);
        });
        return Arrays.copyOf(found.values, found.size);
    }

    private float real(String what) throws IOException, ModelFault {
        var word = word(what);
        try {
            return Float.parseFloat(word);
        } catch (NumberFormatException e) {
            throw fault("\"" + what + "\" holds " + word, "numbers");
        }
    }

    private int longer(String what, int size) throws ModelFault {
        if (size >= ELEMENTS_MAX) {
            throw fault("\"" + what + "\" is too long", ELEMENTS_MAX + " elements");
        }
        return 2 * size;
    }

    private void expect(String what, JsonToken token, String allowed) throws ModelFault {
        if (parser.currentToken() != token) {
            throw fault("\"" + what + "\" is not " + allowed, allowed);
        }
    }

    /** At the value that the cursor stands on. */
    ModelFault fault(String reason, String allowed) {
        var place = place();
        return new ModelFault(place.line(), place.column(), reason, allowed);
    }

    /** A place in the text; both count from 1. */
    record Place(int line, int column) {
        ModelFault fault(String reason, String allowed) {
            return new ModelFault(line, column, reason, allowed);
        }
    }

    Place place() {
        var location = parser.currentTokenLocation();
        return new Place(Math.max(0, location.getLineNr()), Math.max(0, location.getColumnNr()));
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
