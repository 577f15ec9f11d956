package riskcluster.lakehouse.erase;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.lakehouse.ledger.StoredErasure;

/** A customer who is looked for in files: by the id that senders gave him, and by his pseudonyms. */
public final class Subject {

    /** An id of fewer bytes stands in many places by chance; it is looked for where ids stand, a longer one anywhere. */
    static final int TELLING_BYTES = 8;

    /** Bounds of columns in manifests are cut off there. */
    private static final int BOUND_LETTERS = 16;

    private final String userId;
    private final byte[] userIdBytes;
    private final List<String> pseudonyms;
    private final Set<Long> versions;
    private final Pattern field;

    /** Of whom no version is known. */
    public Subject(String userId, List<String> pseudonyms) {
        this(userId, pseudonyms, Set.of());
    }

    private Subject(String userId, List<String> pseudonyms, Set<Long> versions) {
        this.userId = userId;
        this.userIdBytes = userId.getBytes(UTF_8);
        this.pseudonyms = List.copyOf(pseudonyms);
        this.versions = Set.copyOf(versions);
        // the bytes of the value are looked at one by one, so the id's are too
        this.field = Pattern.compile("\"(?:user_id|customer_id)\"\\s*:\\s*\"?"
                + Pattern.quote(new String(userIdBytes, ISO_8859_1)) + "\"?\\s*[,}\\]\\s]");
    }

    /** Of an erasure that is not done. */
    public static Subject of(StoredErasure erasure) {
        return new Subject(Objects.requireNonNull(erasure.userId(), "an erasure that is done"), erasure.pseudonyms());
    }

    /** The same customer, in facts recognised by these keys. */
    public Subject withVersions(Set<Long> keys) {
        return new Subject(userId, pseudonyms, keys);
    }

    List<String> pseudonyms() {
        return pseudonyms;
    }

    /** Whether a row of this table is his; it has the columns of {@link #columns}. */
    boolean owns(PersonalTable table, Record row) {
        @Nullable Object named = row.getField(table.column());
        return switch (table.names()) {
            case USER_ID -> userId.equals(text(named));
            case PSEUDONYM -> pseudonyms.contains(text(named));
            case VERSION -> named instanceof Long key && versions.contains(key);
            case BYTES -> isHis(bytes(named)) || isNamedIn(bytes(row.getField("value")));
        };
    }

    /** The columns that {@link #owns} looks at. */
    static List<String> columns(PersonalTable table) {
        return table.names() == PersonalTable.Names.BYTES ? List.of(table.column(), "value") : List.of(table.column());
    }

    /** Leaves out what cannot be his by a file's statistics and dictionaries. */
    Expression filter(PersonalTable table) {
        return switch (table.names()) {
            case USER_ID -> Expressions.equal(table.column(), userId);
            case PSEUDONYM -> Expressions.in(table.column(), pseudonyms);
            case VERSION -> Expressions.in(table.column(), versions);
            case BYTES -> Expressions.alwaysTrue();
        };
    }

    private boolean isHis(byte[] key) {
        return Arrays.equals(key, userIdBytes);
    }

    private boolean isNamedIn(byte[] value) {
        String letters = new String(value, ISO_8859_1);
        return !letters.isEmpty() && (field.matcher(letters).find() || tells(letters));
    }

    /** Whether this text of bytes, one letter each, tells of him wherever it stands. */
    boolean tells(String letters) {
        for (String pseudonym : pseudonyms) {
            if (letters.contains(pseudonym)) {
                return true;
            }
        }
        return userIdBytes.length >= TELLING_BYTES && letters.contains(new String(userIdBytes, ISO_8859_1));
    }

    /**
     * Whether a bound of a column in a manifest is his id, or his pseudonym as far as bounds go. Of a longer id a bound
     * has only the beginning, which it may share with others.
     */
    boolean isBound(String letters) {
        if (letters.equals(new String(userIdBytes, ISO_8859_1))) {
            return true;
        }
        return pseudonyms.stream()
                .anyMatch(pseudonym ->
                        pseudonym.length() > BOUND_LETTERS && letters.equals(pseudonym.substring(0, BOUND_LETTERS)));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : value.toString();
    }

    static byte[] bytes(@Nullable Object value) {
        if (!(value instanceof ByteBuffer content)) {
            return new byte[0];
        }
        var copy = new byte[content.remaining()];
        content.duplicate().get(copy);
        return copy;
    }
}
