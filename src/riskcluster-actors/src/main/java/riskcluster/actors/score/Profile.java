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
 */
public final class Profile {
    /** Entries held of one customer, late ones included. */
    public static final int ENTRIES_MAX = 4_096;
    /** The profile of a customer who was never seen. */
    public static final Profile EMPTY = new Profile(new long[0], new int[1], 0, 0, -1, Long.MIN_VALUE);

    private static final long DUPLICATE_WITHIN_MICROS = 24 * 60 * 60 * 1_000_000L;
    /** Stands for the amount of a late entry, which is in no window. */
    private static final long LATE = -1;

    private static final int NARROW = 3; // time, id high, id low; the amount is an int beside them
    private static final int WIDE = 4; // and the amount
    private static final int FEW = 64;
    private static final int GROWTH_OF_FEW = 4;
    private static final VarHandle INTS = MethodHandles.arrayElementVarHandle(int[].class);

    /** Entries in ascending order of time, equal times in order of arrival. */
    private final long[] slots;
    /** First the number of slots given out, then, unless one amount needs a long, an amount for each slot. */
    private final int[] amounts;

    private final int start;
    private final int size;
    private final long lastOffset;
    private final long droppedMicros;

    private Profile(long[] slots, int[] amounts, int start, int size, long lastOffset, long droppedMicros) {
        this.slots = slots;
        this.amounts = amounts;
        this.start = start;
        this.size = size;
        this.lastOffset = lastOffset;
        this.droppedMicros = droppedMicros;
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
        int i = countUpTo(micros) - 1;
        for (var window : Window.ALL) {
            long after = minus(micros, window.micros());
            for (; i >= 0 && time(i) > after; i--) {
                long amount = amount(i);
                if (amount != LATE) {
                    totals.add(amount);
                }
            }
            totals.close(window);
        }
        return totals;
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
        long from = minus(micros, DUPLICATE_WITHIN_MICROS);
        for (int i = size - 1; i >= 0; i--) {
            long time = time(i);
            if (time <= from && from != Long.MIN_VALUE) {
                return false;
            }
            int slot = slot(i);
            if (slots[slot + 2] == id.low() && slots[slot + 1] == id.high() && near(time, micros)) {
                return true;
            }
        }
        return false;
    }

    private static boolean near(long time, long micros) {
        return time <= micros || minus(time, DUPLICATE_WITHIN_MICROS) < micros;
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
        int at = countUpTo(micros);
        long amount = late ? LATE : amountUnits;
        boolean wide = stride() == WIDE || amount > Integer.MAX_VALUE;
        boolean inPlace = at == size && wide == (stride() == WIDE) && claim();
        var next = inPlace ? this : copied(at, wide);
        next.put(inPlace ? start + size : at, id, micros, amount);
        long dropped = droppedMicros;
        int from = next.start;
        int held = size + 1;
        if (held > ENTRIES_MAX) {
            dropped = Math.max(dropped, next.slots[from * next.stride()]);
            from++;
            held--;
        }
        return new Profile(next.slots, next.amounts, from, held, offset, dropped);
    }

    /** Takes the slot behind the last entry, if there is one and nobody has it. */
    private boolean claim() {
        int end = start + size;
        return end < slots.length / stride() && INTS.compareAndSet(amounts, 0, end, end + 1);
    }

    /** A copy with room to grow and an unwritten entry at {@code gap}; its size is still that of this profile. */
    private Profile copied(int gap, boolean wide) {
        int capacity = size < FEW ? (size / GROWTH_OF_FEW + 1) * GROWTH_OF_FEW : size + 1 + size / 4;
        var copy = blank(capacity, size + 1, wide);
        for (int i = 0; i < size; i++) {
            int slot = slot(i);
            copy.put(i < gap ? i : i + 1, slots[slot], slots[slot + 1], slots[slot + 2], amount(i));
        }
        return copy;
    }

    /** Room for {@code capacity} entries of which {@code given} are about to be written. */
    static Profile blank(int capacity, int given, boolean wide) {
        var amounts = new int[wide ? 1 : capacity + 1];
        amounts[0] = given;
        return new Profile(new long[capacity * (wide ? WIDE : NARROW)], amounts, 0, given, -1, Long.MIN_VALUE);
    }

    /** This profile's entries under another offset and another dropped time. */
    Profile resumed(long offset, long dropped) {
        return new Profile(slots, amounts, start, size, offset, dropped);
    }

    private void put(int slot, IdHash id, long micros, long amount) {
        put(slot, micros, id.high(), id.low(), amount);
    }

    /** Writes a slot that nobody looks at yet. */
    void put(int slot, long micros, long idHigh, long idLow, long amount) {
        int at = slot * stride();
        slots[at] = micros;
        slots[at + 1] = idHigh;
        slots[at + 2] = idLow;
        if (stride() == WIDE) {
            slots[at + 3] = amount;
        } else {
            amounts[slot + 1] = (int) amount;
        }
    }

    /** Event time of entry {@code i}, microseconds. */
    long time(int i) {
        return slots[slot(i)];
    }

    long idHigh(int i) {
        return slots[slot(i) + 1];
    }

    long idLow(int i) {
        return slots[slot(i) + 2];
    }

    /** Units of entry {@code i}; -1 where it is late. */
    long amount(int i) {
        return stride() == WIDE ? slots[slot(i) + 3] : amounts[start + i + 1];
    }

    boolean isWide() {
        return stride() == WIDE;
    }

    private int slot(int i) {
        return (start + i) * stride();
    }

    private int stride() {
        return amounts.length == 1 && slots.length > 0 ? WIDE : NARROW;
    }

    /** Entries whose time is {@code micros} or earlier. */
    private int countUpTo(long micros) {
        if (size == 0 || time(size - 1) <= micros) {
            return size;
        }
        int low = 0;
        int high = size - 1;
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

    /** {@code micros - length}, at least {@code Long.MIN_VALUE}. */
    private static long minus(long micros, long length) {
        return micros < Long.MIN_VALUE + length ? Long.MIN_VALUE : micros - length;
    }
}
