package riskcluster.lakehouse.gold;

import java.util.Arrays;

/** A growing list of hashes. */
final class Hashes {

    private long[] hashes = new long[1];
    private int size;

    /** Puts the hashes of the numbers that come next in the place of what is held. */
    void read(ByteSource in, long[] byNumber) {
        size = 0;
        int count = in.count();
        room(count);
        for (int i = 0; i < count; i++) {
            hashes[size++] = byNumber[in.count()];
        }
    }

    void add(long hash) {
        room(1);
        hashes[size++] = hash;
    }

    void addAll(Hashes more) {
        room(more.size);
        System.arraycopy(more.hashes, 0, hashes, size, more.size);
        size += more.size;
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** Sorted, each once. */
    long[] distinct() {
        Arrays.sort(hashes, 0, size);
        int kept = 0;
        for (int i = 0; i < size; i++) {
            if (i == 0 || hashes[i] != hashes[i - 1]) {
                hashes[kept++] = hashes[i];
            }
        }
        size = kept;
        return Arrays.copyOf(hashes, size);
    }

    private void room(int more) {
        if (hashes.length - size < more) {
            hashes = Arrays.copyOf(hashes, Math.max(2 * hashes.length, size + more));
        }
    }
}
