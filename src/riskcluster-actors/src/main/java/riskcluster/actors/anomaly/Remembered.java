package riskcluster.actors.anomaly;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import riskcluster.actors.score.NewerVersion;
import riskcluster.actors.score.Profile;
import riskcluster.actors.star.Standing;

/**
 * What a partition remembers of one customer, and its form at rest: a profile alone as {@link Profile#encode} writes it,
 * which is version 1; with tempos a byte 2, the tempos, and the profile in version 1; with a standing a byte 3, the tempos,
 * the standing, and the profile.
 */
public record Remembered(Profile profile, Beside beside) {

    /** A customer who was never seen. */
    public static final Remembered NOTHING = new Remembered(Profile.EMPTY, Beside.NOTHING);

    private static final byte VERSION_WITHOUT_STANDING = 2;
    private static final byte VERSION = 3;

    /** The same bytes for the same content. */
    public byte[] encode() {
        var content = profile.encode();
        if (!beside.standing().isKnown()) {
            return beside.tempos().equals(Tempos.NONE)
                    ? content
                    : begun(VERSION_WITHOUT_STANDING, content.length)
                            .put(content)
                            .array();
        }
        var out = begun(VERSION, beside.standing().bytes() + content.length);
        beside.standing().put(out);
        return out.put(content).array();
    }

    private ByteBuffer begun(byte version, int more) {
        var out = ByteBuffer.allocate(1 + Tempos.BYTES + more).put(version);
        beside.tempos().put(out);
        return out;
    }

    /** What was written; bytes that are nothing of the kind are refused with an exception, for they are our own. */
    public static Remembered decode(byte[] content) {
        if (content.length == 0 || content[0] < VERSION_WITHOUT_STANDING) {
            return new Remembered(Profile.decode(content), Beside.NOTHING);
        }
        if (content[0] > VERSION) {
            throw new NewerVersion("a profile", content[0], VERSION);
        }
        try {
            var in = ByteBuffer.wrap(content, 1, content.length - 1);
            var tempos = Tempos.take(in);
            var standing = content[0] == VERSION ? Standing.take(in) : Standing.NONE;
            var profile = new byte[in.remaining()];
            in.get(profile);
            return new Remembered(Profile.decode(profile), new Beside(tempos, standing));
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a profile cut off at " + content.length + " bytes", e);
        }
    }
}
