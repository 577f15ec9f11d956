package riskcluster.actors.score;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import riskcluster.actors.policy.Window;
import riskcluster.actors.policy.WindowTotals;

/**
 * What is remembered of one customer: his newest transactions by event time, each as time, amount and hashed id.
 *
 * <p>Immutable to whoever holds one. Successors share arrays with it as long as they add at the end: a successor writes
 * only to a slot behind all that older profiles look at, and each slot is given out once; whoever comes second copies.
 * So a profile may be read by one thread while another scores on.
 *
 * <p>A slot takes 28 bytes: two longs, and three ints in three columns, each of which is one run of memory, so that a
 * search for an id and a sum of amounts go over them many at a time. Where one amount needs a long, all have one.
 */
public final class Profile {
    /** Entries held of one customer, late ones included. */
    public static final int ENTRIES_MAX = 4_096;
    /** The profile of a customer who was never seen. */
    public static final Profile EMPTY = blank(0, 0, false);

    /** Stands for the amount of a late entry, which is in no window. */
    static final long LATE = -1;

    private static final long DUPLICATE_WITHIN_MICROS = 24 * 60 * 60 * 1_000_000L;
    /** A copy has room for a quarter more, and for so many at least: what is copied lives long and is garbage soon. */
    private static final int GROWTH_MIN = 4;

    private static final int GROWTH_SHARE = 4;
    private static final int STEPS_BEFORE_GUESS = 8;
    private static final int GUESS_REACH = 4;
    private static final int NARROW = 2; // longs of a slot: its time, the upper half of its id
    private static final int WIDE = 3; // and its amount
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    /** Slots in ascending order of time, equal times in order of arrival. */
    final long[] longs;
    /**
     * First the number of slots given out; then a column of tags, which are the lowest 32 bits of the ids; a column of
     * the 32 bits above; and, unless amounts are longs, a column of amounts.
     */
    final int[] ints;

    final int start;
    final int size;
    private final long lastOffset;
    private final long droppedMicros;

    Profile(long[] longs, int[] ints, int start, int size, long lastOffset, long droppedMicros) {
        this.longs = longs;
        this.ints = ints;
        this.start = start;
        this.size = size;
        this.lastOffset = lastOffset;
        this.droppedMicros = droppedMicros;
    }

    /** Room for {@code capacity} entries of which {@code given} are about to be written. */
    static Profile blank(int capacity, int given, boolean wide) {
        var ints = new int[1 + capacity * (wide ? 2 : 3)];
        ints[0] = given;
        return new Profile(new long[capacity * (wide ? WIDE : NARROW)], ints, 0, given, -1, Long.MIN_VALUE);
    }

    /** Offset of the customer's last decided record; -1 where there is none. */
    public long lastOffset() {
        return lastOffset;
    }

    /** Greatest event time among his decided records, microseconds; {@code Long.MIN_VALUE} where there is none. */
    public long newestMicros() {
        // The newest entry is never late and never the one that is dropped.
        return size == 0 ? Long.MIN_VALUE : time(size - 1);
    }

    /** Entries held, late ones included. */
    public int size() {
        return size;
    }

    /** Greatest event time that was dropped for want of room, microseconds; {@code Long.MIN_VALUE} where none was. */
    public long droppedMicros() {
        return droppedMicros;
    }

    /** Count and sum in every window up to {@code micros}, a transaction of this amount at that time included. */
    public WindowTotals totals(long micros, long amountUnits) {
        var totals = new WindowTotals(amountUnits);
        int end = countUpTo(micros, size);
        for (var window : Window.ALL) {
            int first = countUpTo(minus(micros, window.micros()), end);
            if (isWide()) {
                addWide(totals, first, end);
            } else {
                addNarrow(totals, first, end);
            }
            totals.close(window);
            end = first;
        }
        return totals;
    }

    /** Adds the entries from {@code first} to before {@code end} that are not late, without a branch or a long. */
    private void addNarrow(WindowTotals totals, int first, int end) {
        int late = 0;
        int low = 0;
        int high = 0;
        int column = 1 + 2 * capacity() + start;
        for (int i = column + first; i < column + end; i++) {
            int sign = ints[i] >> 31; // all ones for a late entry, zero for all others
            int amount = ints[i] & ~sign;
            late -= sign;
            low += amount & 0xFFFF; // at most 4,096 times 2^16
            high += amount >>> 16;
        }
        totals.add(end - first - late, ((long) high << 16) + low);
    }

    private void addWide(WindowTotals totals, int first, int end) {
        for (int i = first; i < end; i++) {
            if (amount(i) != LATE) {
                totals.add(1, amount(i));
            }
        }
    }

    /** As it is written at rest; versioned, and the same bytes for the same content. */
    public byte[] encode() {
        return ProfileCodec.encode(this);
    }

    /** The profile that was written; bytes that are none are refused with an exception, for they are our own. */
    public static Profile decode(byte[] content) {
        return ProfileCodec.decode(content);
    }

    /** Whether this id was decided at a time less than 24 hours from {@code micros}. */
    boolean holds(IdHash id, long micros) {
        int first = countUpTo(minus(micros, DUPLICATE_WITHIN_MICROS), size);
        int end = countUpTo(plus(micros, DUPLICATE_WITHIN_MICROS - 1), size);
        int tag = (int) id.low();
        int found = 0;
        for (int i = 1 + start + first; i < 1 + start + end; i++) {
            int difference = ints[i] ^ tag;
            found |= difference - 1 & ~difference; // its top bit is set by a difference of 0 only
        }
        if (found >= 0) {
            return false;
        }
        for (int i = first; i < end; i++) {
            if (idLow(i) == id.low() && idHigh(i) == id.high()) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code micros} lies more than {@code lateness} before the newest. */
    boolean isLate(long micros, long lateness) {
        return size > 0 && micros < minus(newestMicros(), lateness);
    }

    /** Whether an entry was dropped that a window up to {@code micros} could hold. */
    boolean isApproximate(long micros) {
        return droppedMicros > minus(micros, Window.MONTH.micros());
    }

    /** This profile and one more decided record. */
    Profile with(IdHash id, long micros, long amountUnits, boolean late, long offset) {
        int at = countUpTo(micros, size);
        long amount = late ? LATE : amountUnits;
        boolean wide = isWide() || amount > Integer.MAX_VALUE;
        boolean inPlace = at == size && wide == isWide() && claim();
        var next = inPlace ? this : copied(at, wide);
        next.put(inPlace ? start + size : at, micros, id.high(), id.low(), amount);
        long dropped = droppedMicros;
        int from = next.start;
        int held = size + 1;
        if (held > ENTRIES_MAX) {
            dropped = Math.max(dropped, next.time(0));
            from++;
            held--;
        }
        return new Profile(next.longs, next.ints, from, held, offset, dropped);
    }

    /** This profile's entries under another offset and another dropped time. */
    Profile resumed(long offset, long dropped) {
        return new Profile(longs, ints, start, size, offset, dropped);
    }

    /** Takes the slot behind the last entry, if there is one and nobody has it. */
    private boolean claim() {
        int end = start + size;
        return end < capacity() && INTS.compareAndSet(ints, 0, end, end + 1);
    }

    /** A copy with room to grow and a slot not yet written at {@code gap}. */
    private Profile copied(int gap, boolean wide) {
        int capacity = size + Math.max(GROWTH_MIN, size / GROWTH_SHARE);
        var copy = blank(capacity, size + 1, wide);
        if (wide == isWide()) {
            copy.take(this, 0, gap, 0);
            copy.take(this, gap, size, gap + 1);
        } else {
            for (int i = 0; i < size; i++) {
                copy.put(i < gap ? i : i + 1, time(i), idHigh(i), idLow(i), amount(i));
            }
        }
        return copy;
    }

    /** Copies entries of a profile of the same width into slots of this one from {@code slot} on. */
    private void take(Profile other, int first, int end, int slot) {
        int stride = isWide() ? WIDE : NARROW;
        int from = other.start + first;
        System.arraycopy(other.longs, from * stride, longs, slot * stride, (end - first) * stride);
        for (int column = 0; column < (isWide() ? 2 : 3); column++) {
            int source = 1 + column * other.capacity() + from;
            System.arraycopy(other.ints, source, ints, 1 + column * capacity() + slot, end - first);
        }
    }

    /** Writes a slot that nobody looks at yet. */
    void put(int slot, long micros, long idHigh, long idLow, long amount) {
        int at = slot * (isWide() ? WIDE : NARROW);
        longs[at] = micros;
        longs[at + 1] = idHigh;
        ints[1 + slot] = (int) idLow;
        ints[1 + capacity() + slot] = (int) (idLow >>> 32);
        if (isWide()) {
            longs[at + 2] = amount;
        } else {
            ints[1 + 2 * capacity() + slot] = (int) amount;
        }
    }

    /** Event time of entry {@code i}, microseconds. */
    long time(int i) {
        return longs[(start + i) * (isWide() ? WIDE : NARROW)];
    }

    long idHigh(int i) {
        return longs[(start + i) * (isWide() ? WIDE : NARROW) + 1];
    }

    long idLow(int i) {
        return (long) ints[1 + capacity() + start + i] << 32 | ints[1 + start + i] & 0xFFFFFFFFL;
    }

    /** Units of entry {@code i}; {@link #LATE} where it is late. */
    long amount(int i) {
        return isWide() ? longs[(start + i) * WIDE + 2] : ints[1 + 2 * capacity() + start + i];
    }

    private boolean isWide() {
        // Two longs and three ints a slot, or three longs and two ints.
        return longs.length >= ints.length;
    }

    private int capacity() {
        return longs.length / (isWide() ? WIDE : NARROW);
    }

    /** How many of the first {@code end} entries have a time of {@code micros} or earlier. */
    private int countUpTo(long micros, int end) {
        int high = end;
        // Most bounds lie near the end, and most profiles are short.
        for (int steps = 0; high > 0 && steps < STEPS_BEFORE_GUESS; steps++) {
            if (time(high - 1) <= micros) {
                return high;
            }
            high--;
        }
        return high == 0 || time(0) > micros ? 0 : countBetween(micros, high);
    }

    /**
     * The same where the first entry counts, and entry {@code end} does not. Every entry that is looked at is a line of memory
     * to wait for, and a customer's transactions are spread over time well enough to guess where the bound lies.
     */
    private int countBetween(long micros, int end) {
        int low = 1;
        int high = end;
        int guess = guess(micros, high - 1);
        if (guess >= low && guess < high) {
            if (time(guess) <= micros) {
                low = guess + 1;
                high = low + GUESS_REACH < high && time(low + GUESS_REACH) > micros ? low + GUESS_REACH : high;
            } else {
                high = guess;
                low = high - GUESS_REACH > low && time(high - GUESS_REACH) <= micros ? high - GUESS_REACH + 1 : low;
            }
        }
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (time(middle) <= micros) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** The entry at {@code micros} if those up to {@code last} were spread evenly. */
    private int guess(long micros, int last) {
        double first = time(0);
        return (int) ((micros - first) / (time(last) - first) * last);
    }

    /** {@code micros - length}, at least {@code Long.MIN_VALUE}. */
    private static long minus(long micros, long length) {
        return micros < Long.MIN_VALUE + length ? Long.MIN_VALUE : micros - length;
    }

    /** {@code micros + length}, at most {@code Long.MAX_VALUE}. */
    private static long plus(long micros, long length) {
        return micros > Long.MAX_VALUE - length ? Long.MAX_VALUE : micros + length;
    }
}
