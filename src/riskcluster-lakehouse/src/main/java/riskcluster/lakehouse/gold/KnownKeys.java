package riskcluster.lakehouse.gold;

import java.util.Arrays;

/** A set of keys that only grows: some twenty bytes a key, since a committer holds those of all devices. */
public final class KnownKeys {

    private static final int INITIAL = 64;

    /** Open addressing; a power of two, at most half full. 0 stands for a free place. */
    private long[] places = new long[INITIAL];

    private int size;
    private boolean zero;

    public boolean has(long key) {
        return key == 0 ? zero : places[place(key)] == key;
    }

    public void add(long key) {
        if (key == 0) {
            zero = true;
            return;
        }
        int place = place(key);
        if (places[place] == key) {
            return;
        }
        places[place] = key;
        if (++size > places.length / 2) {
            grow();
        }
    }

    void clear() {
        places = new long[INITIAL];
        size = 0;
        zero = false;
    }

    private void grow() {
        long[] before = places;
        places = new long[2 * before.length];
        Arrays.stream(before).filter(key -> key != 0).forEach(key -> places[place(key)] = key);
    }

    private int place(long key) {
        int place = (int) IdHash.mix(key) & (places.length - 1);
        while (places[place] != 0 && places[place] != key) {
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }
}
