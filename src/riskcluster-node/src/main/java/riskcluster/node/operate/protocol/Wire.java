package riskcluster.node.operate.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Optional;

/** How frames become bytes: four bytes of length, the highest first, then JSON in UTF-8. */
public final class Wire {

    /** A client has little to say: words that somebody typed. */
    public static final int REQUEST_BYTES_MAX = 1 << 16;

    /** An answer may be a table of some thousand lines. */
    public static final int ANSWER_BYTES_MAX = 1 << 22;

    /** No frame is nested deeper than the pages of commands are, by far. */
    private static final int LEVELS_MAX = 32;

    /** Fields that a later version adds are passed over; a field that is missing is an error. */
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(LEVELS_MAX)
                            .build())
                    .build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Wire() {}

    /**
     * The next frame, or nothing where the other side has ended in order.
     *
     * @throws FrameRefused where the bytes are no frame of at most {@code bytesMax}
     */
    public static Optional<Frame> read(DataInputStream in, int bytesMax) throws IOException {
        var first = in.read();
        if (first < 0) {
            return Optional.empty();
        }
        var length = first << 24 | in.readUnsignedByte() << 16 | in.readUnsignedByte() << 8 | in.readUnsignedByte();
        if (length <= 0 || length > bytesMax) {
            throw new FrameRefused(
                    "a frame of " + Integer.toUnsignedString(length) + " bytes, allowed: 1 to " + bytesMax);
        }
        var bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the connection ended within a frame");
        }
        return Optional.of(parse(bytes));
    }

    private static Frame parse(byte[] bytes) throws IOException {
        try {
            var frame = JSON.readValue(bytes, Frame.class);
            if (frame == null) {
                throw new FrameRefused("a frame that says nothing");
            }
            return frame;
        } catch (JsonProcessingException e) {
            throw new FrameRefused("a frame that is not understood: " + e.getOriginalMessage(), e);
        }
    }

    /** Writes one frame and sends it off. */
    public static void write(OutputStream out, Frame frame) throws IOException {
        out.write(bytes(frame));
        out.flush();
    }

    /** A frame as it goes over the wire. */
    public static byte[] bytes(Frame frame) {
        try {
            var json = JSON.writeValueAsBytes(frame);
            return ByteBuffer.allocate(Integer.BYTES + json.length)
                    .putInt(json.length)
                    .put(json)
                    .array();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(frame.getClass() + " is no frame", e);
        }
    }
}
