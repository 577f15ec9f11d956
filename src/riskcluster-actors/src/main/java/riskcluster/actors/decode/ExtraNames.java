package riskcluster.actors.decode;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import riskcluster.contracts.transaction.ExtraField;

/** The names of the extra fields that are in force, as they stand in a record's bytes. */
final class ExtraNames {

    static final ExtraNames NONE = new ExtraNames(List.of());

    private final List<ExtraField> fields;
    private final byte[][] names;

    ExtraNames(List<ExtraField> fields) {
        this.fields = List.copyOf(fields);
        this.names = fields.stream()
                .map(field -> field.name().getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new);
    }

    List<ExtraField> fields() {
        return fields;
    }

    int count() {
        return names.length;
    }

    /** Place of the field whose name stands in {@code in} from {@code start} to {@code end}; -1 where it is unknown. */
    int slot(byte[] in, int start, int end) {
        for (int slot = 0; slot < names.length; slot++) {
            if (Arrays.equals(names[slot], 0, names[slot].length, in, start, end)) {
                return slot;
            }
        }
        return -1;
    }

    /** Place of the field of this name; -1 where it is unknown. */
    int slot(String name) {
        for (int slot = 0; slot < names.length; slot++) {
            if (fields.get(slot).name().equals(name)) {
                return slot;
            }
        }
        return -1;
    }
}
