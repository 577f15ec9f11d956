package riskcluster.actors.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The fields of a record that the contract gives a meaning to; every other field is unknown. */
enum Field {
    TRANSACTION_ID,
    USER_ID,
    AMOUNT,
    TIMESTAMP,
    CURRENCY,
    MERCHANT,
    TERMINAL_ID,
    PAYMENT_METHOD,
    LOCATION,
    DEVICE_ID,
    IS_FRAUD,
    CUSTOMER_ID,
    TX_TIME,
    AMOUNT_CENTS;

    static final int COUNT = values().length;

    private static final int NAME_LENGTH_MAX = 14;
    private static final Field[][] BY_LENGTH = byLength();
    private static final Map<String, Field> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::text, field -> field));

    private final String text = name().toLowerCase(Locale.ROOT);
    private final byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);

    /** The field's name in a record. */
    String text() {
        return text;
    }

    /** The field whose name stands in {@code in} from {@code start} to {@code end}; null where it is unknown. */
    static @Nullable Field of(byte[] in, int start, int end) {
        int length = end - start;
        if (length > NAME_LENGTH_MAX) {
            return null;
        }
        for (var field : BY_LENGTH[length]) {
            if (Arrays.equals(field.bytes, 0, length, in, start, end)) {
                return field;
            }
        }
        return null;
    }

    /** The field of this name; null where it is unknown. */
    static @Nullable Field of(String name) {
        return BY_NAME.get(name);
    }

    private static Field[][] byLength() {
        var table = new Field[NAME_LENGTH_MAX + 1][];
        for (int length = 0; length <= NAME_LENGTH_MAX; length++) {
            int wanted = length;
            table[length] = Arrays.stream(values())
                    .filter(field -> field.text.length() == wanted)
                    .toArray(Field[]::new);
        }
        return table;
    }
}
