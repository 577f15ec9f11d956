package riskcluster.actors.star;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.decision.CustomerVersion;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.table.StarKeys;

/**
 * What the star remembers of a customer after some of his decisions: where he is at home, his worst band, and since when
 * which version of him is valid. Never changed, so that a cut of profiles may hold it.
 *
 * <p>A version begins with a decision after which home or worst band are others than before, or his pseudonym, and is valid
 * from that decision's event time on, but at least from a microsecond after the greatest event time of those before it, and
 * after the version before began. So no version is ever valid at the time of a decision that came before the version.
 *
 * <p>Only versions under his present pseudonym are held: a rekey gives those before it other keys, and whoever wrote one of
 * them afterwards would point to nothing.
 */
public final class Standing {

    /** Versions that a late decision may still belong to; it belongs to the oldest of them where it is older. */
    public static final int VERSIONS_HELD_MAX = 64;

    /** A customer of whom nothing was decided. */
    public static final Standing NONE =
            new Standing(0, Long.MIN_VALUE, new char[0], Homes.NOWHERE, Band.MINIMAL, 0, new long[0], new long[0]);

    private static final int HEAD_BYTES = Integer.BYTES + Long.BYTES + 1 + Character.BYTES + 1 + Integer.BYTES + 1;
    private static final int VERSION_BYTES = 2 * Long.BYTES;

    private static final Band[] BANDS = Band.values();

    private final int pseudonym;
    private final long newestMicros;
    private final char[] countries;
    private final char home;
    private final Band worst;
    private final int versions;

    /** Since when the newest versions are valid, and their keys, the oldest first. */
    private final long[] since;

    private final long[] keys;

    private Standing(
            int pseudonym,
            long newestMicros,
            char[] countries,
            char home,
            Band worst,
            int versions,
            long[] since,
            long[] keys) {
        this.pseudonym = pseudonym;
        this.newestMicros = newestMicros;
        this.countries = countries;
        this.home = home;
        this.worst = worst;
        this.versions = versions;
        this.since = since;
        this.keys = keys;
    }

    /** The standing after one more decision, in the log's order. */
    Standing after(Decision decision, StarKeys starKeys) {
        int keyVersion = keyVersion(decision.customerKey());
        boolean renamed = versions > 0 && keyVersion != pseudonym;
        long micros = decision.transaction().eventTimeMicros();
        char country = Homes.letters(decision.country());
        var nextCountries = country == Homes.NOWHERE ? countries : Homes.with(countries, country);
        // one more of the most frequent leaves it the most frequent
        char nextHome = country == Homes.NOWHERE || country == home ? home : Homes.mostFrequent(nextCountries, home);
        var nextWorst = decision.band().atLeast(worst) ? decision.band() : worst;
        long nextNewest = Math.max(newestMicros, micros);
        if (versions > 0 && !renamed && nextHome == home && nextWorst == worst) {
            return new Standing(keyVersion, nextNewest, nextCountries, home, worst, versions, since, keys);
        }
        long from = versions == 0 ? 0 : Math.max(micros, Math.max(newestMicros, since[since.length - 1]) + 1);
        return new Standing(
                keyVersion,
                nextNewest,
                nextCountries,
                nextHome,
                nextWorst,
                versions + 1,
                held(renamed ? NONE.since : since, from),
                held(renamed ? NONE.keys : keys, starKeys.ofVersion(decision.customerKey(), from)));
    }

    private static long[] held(long[] all, long one) {
        int first = all.length == VERSIONS_HELD_MAX ? 1 : 0;
        var longer = Arrays.copyOfRange(all, first, all.length + 1);
        longer[longer.length - 1] = one;
        return longer;
    }

    /** The number between the letter and the colon; 0 where the key is none of {@code k<version>:}. */
    private static int keyVersion(String customerKey) {
        int version = 0;
        for (int i = 1; i < customerKey.length(); i++) {
            int digit = customerKey.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return customerKey.charAt(i) == ':' ? version : 0;
            }
            version = 10 * version + digit;
        }
        return 0;
    }

    /** Whether the last decision began a version. */
    boolean began(Standing before) {
        return versions != before.versions;
    }

    /** The newest version, which the last decision began after this standing before it. */
    CustomerVersion newest(String customerKey, Standing before) {
        int last = keys.length - 1;
        var former = before.isKnown() && before.pseudonym != pseudonym
                ? OptionalLong.of(before.keys[before.keys.length - 1])
                : OptionalLong.empty();
        return new CustomerVersion(keys[last], customerKey, versions, since[last], Homes.country(home), worst, former);
    }

    /** The key of the version that is valid at this instant, microseconds; of the oldest held where none is. */
    long keyAt(long micros) {
        int at = since.length - 1;
        while (at > 0 && since[at] > micros) {
            at--;
        }
        return keys[at];
    }

    /** Whether anything was decided. */
    public boolean isKnown() {
        return versions > 0;
    }

    /** Bytes that {@link #put} takes. */
    public int bytes() {
        return HEAD_BYTES + countries.length * Character.BYTES + since.length * VERSION_BYTES;
    }

    /** Its form at rest, big endian: the fields in their order, countries and versions after how many they are. */
    public void put(ByteBuffer out) {
        out.putInt(pseudonym).putLong(newestMicros).put((byte) countries.length);
        for (char country : countries) {
            out.putChar(country);
        }
        out.putChar(home).put((byte) worst.ordinal()).putInt(versions).put((byte) since.length);
        for (int i = 0; i < since.length; i++) {
            out.putLong(since[i]).putLong(keys[i]);
        }
    }

    /** Reads what {@link #put} wrote, and moves to its end. */
    public static Standing take(ByteBuffer in) {
        int pseudonym = in.getInt();
        long newest = in.getLong();
        var countries = new char[in.get()];
        for (int i = 0; i < countries.length; i++) {
            countries[i] = in.getChar();
        }
        char home = in.getChar();
        var worst = BANDS[in.get()];
        int versions = in.getInt();
        var since = new long[in.get()];
        var keys = new long[since.length];
        for (int i = 0; i < since.length; i++) {
            since[i] = in.getLong();
            keys[i] = in.getLong();
        }
        return new Standing(pseudonym, newest, countries, home, worst, versions, since, keys);
    }
}
