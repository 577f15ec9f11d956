package riskcluster.actors.anomaly;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import riskcluster.actors.score.NewerVersion;
import riskcluster.actors.score.Profile;

/**
 * What a partition remembers of one customer, and its form at rest: a profile alone as {@link Profile#encode} writes it,
 * which is version 1; with tempos a byte 2, the tempos, and the profile in version 1.
 */
public record Remembered(Profile profile, Tempos tempos) {

    /** A customer who was never seen. */
    public static final Remembered NOTHING = new Remembered(Profile.EMPTY, Tempos.NONE);

    private static final byte VERSION = 2;

    /** The same bytes for the same content. */
    public byte[] encode() {
        var content = profile.encode();
        if (tempos.equals(Tempos.NONE)) {
            return content;
        }
        var out = ByteBuffer.allocate(1 + Tempos.BYTES + content.length);
        out.put(VERSION);
        tempos.put(out);
        return out.put(content).array();
    }

    /** What was written; bytes that are nothing of the kind are refused with an exception, for they are our own. */
    public static Remembered decode(byte[] content) {
        if (content.length == 0 || content[0] < VERSION) {
            return new Remembered(Profile.decode(content), Tempos.NONE);
        }
        if (content[0] > VERSION) {
            throw new NewerVersion("a profile", content[0], VERSION);
        }
        try {
            var tempos = Tempos.take(ByteBuffer.wrap(content, 1, content.length - 1));
            return new Remembered(
                    Profile.decode(Arrays.copyOfRange(content, 1 + Tempos.BYTES, content.length)), tempos);
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a profile cut off at " + content.length + " bytes", e);
        }
    }
}
