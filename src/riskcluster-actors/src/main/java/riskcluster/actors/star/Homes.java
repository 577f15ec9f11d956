package riskcluster.actors.star;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The countries of a customer's last transactions that had one, the oldest first; each as the two letters of its code. */
final class Homes {

    /** So many say where a customer is at home. */
    static final int TRANSACTIONS_MAX = 20;

    /** Stands for no country. */
    static final char NOWHERE = 0;

    private static final int LETTER_BITS = 8;
    private static final int LETTER_MASK = (1 << LETTER_BITS) - 1;

    private Homes() {}

    static char letters(@Nullable String country) {
        if (country == null) {
            return NOWHERE;
        }
        if (country.length() != 2 || (country.charAt(0) | country.charAt(1)) > LETTER_MASK) {
            throw new IllegalArgumentException("country " + country + " is no code of ISO 3166 alpha-2");
        }
        return (char) (country.charAt(0) << LETTER_BITS | country.charAt(1));
    }

    static @Nullable String country(char letters) {
        return letters == NOWHERE
                ? null
                : String.valueOf(new char[] {(char) (letters >> LETTER_BITS), (char) (letters & LETTER_MASK)});
    }

    /** These and one more; the oldest goes where there are too many. */
    static char[] with(char[] last, char country) {
        int first = last.length == TRANSACTIONS_MAX ? 1 : 0;
        var next = Arrays.copyOfRange(last, first, last.length + 1);
        next[next.length - 1] = country;
        return next;
    }

    /** The most frequent; of several the one that it was before, or else the first by its letters. */
    static char mostFrequent(char[] last, char before) {
        char most = before;
        int times = count(last, before);
        for (char country : last) {
            int count = country == most ? times : count(last, country);
            if (count > times || count == times && most != before && country < most) {
                most = country;
                times = count;
            }
        }
        return most;
    }

    private static int count(char[] last, char country) {
        int count = 0;
        for (char one : last) {
            count += one == country ? 1 : 0;
        }
        return count;
    }
}
