package riskcluster.actors.anomaly;

import java.nio.ByteBuffer;

/** A customer's tempo in windows of each length. Never changed, so that a cut of profiles may hold it. */
public record Tempos(Tempo fine, Tempo coarse) {

    /** A customer who was never counted. */
    public static final Tempos NONE = new Tempos(Tempo.NONE, Tempo.NONE);

    static final int LENGTHS = 2;

    static final int BYTES = LENGTHS * Tempo.BYTES;

    Tempo of(int length) {
        return length == 0 ? fine : coarse;
    }

    Tempos with(int length, Tempo tempo) {
        return length == 0 ? new Tempos(tempo, coarse) : new Tempos(fine, tempo);
    }

    void put(ByteBuffer out) {
        fine.put(out);
        coarse.put(out);
    }

    static Tempos take(ByteBuffer in) {
        return new Tempos(Tempo.take(in), Tempo.take(in));
    }
}
