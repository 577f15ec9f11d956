package riskcluster.lakehouse.gold;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The texts of one kind within a checkpoint, numbered from 1 as they come; 0 is no text. */
final class Texts {

    static final int NONE = 0;

    private static final int INITIAL = 64;

    private @Nullable String[] texts = new String[INITIAL];

    /** Open addressing over the numbers; a power of two, at most half full. */
    private int[] places = new int[2 * INITIAL];

    private int size;

    int number(@Nullable String text) {
        if (text == null) {
            return NONE;
        }
        int place = place(text);
        if (places[place] == 0) {
            add(text);
            return size;
        }
        return places[place];
    }

    /** In the order of their numbers, the first being 1. */
    List<@Nullable String> all() {
        return Arrays.asList(texts).subList(0, size);
    }

    /** Where the text stands, or would stand. */
    @SuppressWarnings("ReferenceEquality") // what repeats is mostly the same object: decoding keeps it
    private int place(String text) {
        int hash = text.hashCode() * 0x9E3779B1;
        int place = (hash ^ (hash >>> 15)) & (places.length - 1);
        while (places[place] != 0) {
            String known = texts[places[place] - 1];
            if (text == known || text.equals(known)) {
                return place;
            }
            place = (place + 1) & (places.length - 1);
        }
        return place;
    }

    private void add(String text) {
        if (size == texts.length) {
            grow();
        }
        texts[size++] = text;
        places[place(text)] = size;
    }

    private void grow() {
        texts = Arrays.copyOf(texts, 2 * size);
        places = new int[2 * texts.length];
        for (int i = 0; i < size; i++) {
            String text = texts[i];
            if (text != null) {
                places[place(text)] = i + 1;
            }
        }
    }
}
