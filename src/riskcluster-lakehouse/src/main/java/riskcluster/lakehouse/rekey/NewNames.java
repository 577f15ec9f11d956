package riskcluster.lakehouse.rekey;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.StarKeys;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.erase.CurrentFiles;
import riskcluster.lakehouse.gold.KnownKeys;
import riskcluster.lakehouse.gold.RenamedWindows;

/**
 * The new pseudonym for every old one in a lake. A pseudonym does not lead back to its id, but bronze has the ids, of which
 * both are made. Some 200 bytes of memory for each customer and device.
 */
public final class NewNames {

    private final int version;

    /** New digests by the first eight bytes of old ones; two of a hundred million are the same once in four thousand lakes. */
    private final Map<Long, byte[]> digests = new HashMap<>();

    /** By the hashes by which gold tells pseudonyms apart. */
    private final Map<Long, Long> hashes = new HashMap<>();

    private NewNames(int version) {
        this.version = version;
    }

    /**
     * Reads the ids of all accepted records that are not erased.
     *
     * @param version of the new pseudonyms
     * @throws IllegalStateException where the ring lacks that key, or has none older
     */
    public static NewNames of(LakeCatalog catalog, PseudonymKeys keys, int version) {
        List<Integer> older =
                keys.versions().stream().filter(one -> one < version).sorted().toList();
        if (!keys.versions().contains(version) || older.isEmpty()) {
            throw new IllegalStateException("pseudonyms of version " + version + " need its key and those before it;"
                    + " this node's key file has the versions " + keys.versions());
        }
        var names = new NewNames(version);
        FileIO io = catalog.warehouse().io();
        TableMetadata bronze = catalog.load(Tables.BRONZE_TRANSACTIONS);
        Schema columns = bronze.schema().select("user_id", "device_id");
        var seen = new KnownKeys();
        var digest = new StarKeys();
        for (String path : CurrentFiles.of(bronze, io)) {
            CurrentFiles.read(io, path, columns, Expressions.alwaysTrue(), row -> {
                String user = text(row.getField("user_id"));
                String device = text(row.getField("device_id"));
                if (!user.isEmpty() && isNew(seen, digest.of("customer:" + user))) {
                    names.add(older, one -> keys.customer(one, user));
                }
                if (!device.isEmpty() && isNew(seen, digest.of("device:" + device))) {
                    names.add(older, one -> keys.device(one, device));
                }
            });
        }
        return names;
    }

    private static boolean isNew(KnownKeys seen, long id) {
        boolean fresh = !seen.has(id);
        seen.add(id);
        return fresh;
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    private void add(List<Integer> older, IntFunction<String> pseudonyms) {
        String now = pseudonyms.apply(version);
        byte[] digest = digest(now);
        for (int one : older) {
            String before = pseudonyms.apply(one);
            digests.put(place(digest(before)), digest);
            hashes.put(RenamedWindows.hash(before), RenamedWindows.hash(now));
        }
    }

    /** Whether it was made by an older key. */
    public boolean isOld(String pseudonym) {
        return version(pseudonym) < version;
    }

    /**
     * The pseudonym in its place; itself where it is new.
     *
     * @throws IllegalStateException where bronze has no id of which it was made
     */
    public String of(String pseudonym) {
        if (!isOld(pseudonym)) {
            return pseudonym;
        }
        byte[] digest = digests.get(place(digest(pseudonym)));
        if (digest == null) {
            throw new IllegalStateException("a pseudonym of version " + version(pseudonym)
                    + " was made of no id that bronze has, by no key of this node");
        }
        return "k" + version + ":" + HexFormat.of().formatHex(digest);
    }

    /** The same for the hash by which gold tells a pseudonym apart; itself where it is of no old one. */
    public long ofHash(long hash) {
        return hashes.getOrDefault(hash, hash);
    }

    static int version(String pseudonym) {
        return Integer.parseInt(pseudonym, 1, pseudonym.indexOf(':'), 10);
    }

    private static byte[] digest(String pseudonym) {
        return HexFormat.of().parseHex(pseudonym, pseudonym.indexOf(':') + 1, pseudonym.length());
    }

    private static long place(byte[] digest) {
        return ByteBuffer.wrap(digest).getLong();
    }
}
