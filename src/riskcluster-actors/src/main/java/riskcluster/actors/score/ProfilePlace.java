package riskcluster.actors.score;

/**
 * Where one customer's profile stands, each written over the one before: an old object that points to a new one after every
 * event is what a collector of generations spends its pauses on, and a profile's arrays change with one event in many only.
 * For one thread at a time.
 */
public class ProfilePlace {
    private long[] longs = Profile.EMPTY.longs;
    private int[] ints = Profile.EMPTY.ints;
    private int start;
    private int size;
    private long lastOffset = Profile.EMPTY.lastOffset();
    private long droppedMicros = Profile.EMPTY.droppedMicros();

    /** The profile that was put last; the empty one where there is none. */
    public final Profile profile() {
        return new Profile(longs, ints, start, size, lastOffset, droppedMicros);
    }

    /** Takes the place of the one that stood here. */
    @SuppressWarnings("ReferenceEquality")
    public final void put(Profile profile) {
        // writing a reference tells the collector to look here, whether it changed or not
        if (longs != profile.longs || ints != profile.ints) {
            longs = profile.longs;
            ints = profile.ints;
        }
        start = profile.start;
        size = profile.size;
        lastOffset = profile.lastOffset();
        droppedMicros = profile.droppedMicros();
    }
}
