package riskcluster.lakehouse.gold;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Objects;

/** The cells of one cube within a checkpoint. Texts and ids are numbers here, their names stand once for all cubes. */
final class Cells {

    private static final int INITIAL = 128;
    private static final int CURRENCY_SHIFT = 4;

    private long[] slots = new long[INITIAL];
    private int[] texts = new int[INITIAL];

    /** Currency and mask in one. */
    private long[] rests = new long[INITIAL];

    private long[] sums = new long[INITIAL * Measures.COUNT];

    /** Open addressing over cells + 1; a power of two, at most half full. */
    private int[] places = new int[2 * INITIAL];

    private final EnumMap<Cube.Kind, Members> members = new EnumMap<>(Cube.Kind.class);
    private int size;

    Cells(Cube cube) {
        cube.kinds().forEach(kind -> members.put(kind, new Members()));
    }

    /** The cell of this key; a new one where there is none. */
    int cell(long slot, int text, int currency, int mask) {
        long rest = (long) currency << CURRENCY_SHIFT | mask;
        int place = place(slot, text, rest);
        if (places[place] != 0) {
            return places[place] - 1;
        }
        if (size == slots.length) {
            grow();
            place = place(slot, text, rest);
        }
        int cell = size;
        slots[cell] = slot;
        texts[cell] = text;
        rests[cell] = rest;
        members.values().forEach(kind -> kind.beginCell(cell));
        places[place] = ++size;
        return cell;
    }

    int size() {
        return size;
    }

    long slot(int cell) {
        return slots[cell];
    }

    int text(int cell) {
        return texts[cell];
    }

    int currency(int cell) {
        return (int) (rests[cell] >>> CURRENCY_SHIFT);
    }

    int mask(int cell) {
        return (int) rests[cell] & Correction.ALL;
    }

    /** All sums; those of a cell begin at {@link #at}. */
    long[] sums() {
        return sums;
    }

    static int at(int cell) {
        return cell * Measures.COUNT;
    }

    /** Of one kind that the cube has. */
    Members members(Cube.Kind kind) {
        return Objects.requireNonNull(members.get(kind));
    }

    private int place(long slot, int text, long rest) {
        int place = (int) IdHash.mix(slot * 0x2545F4914F6CDD1DL + ((long) text << 24) + rest) & (places.length - 1);
        while (places[place] != 0 && !is(places[place] - 1, slot, text, rest)) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    private boolean is(int cell, long slot, int text, long rest) {
        return slots[cell] == slot && texts[cell] == text && rests[cell] == rest;
    }

    private void grow() {
        slots = Arrays.copyOf(slots, 2 * size);
        texts = Arrays.copyOf(texts, 2 * size);
        rests = Arrays.copyOf(rests, 2 * size);
        sums = Arrays.copyOf(sums, 2 * size * Measures.COUNT);
        places = new int[2 * slots.length];
        for (int i = 0; i < size; i++) {
            places[place(slots[i], texts[i], rests[i])] = i + 1;
        }
    }
}
