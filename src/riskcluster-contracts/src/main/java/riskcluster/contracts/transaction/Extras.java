package riskcluster.contracts.transaction;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The extra fields of one transaction.
 *
 * @param fields those that were in force at the record, the same list for all records of a policy
 * @param values in their order: String, Long, Double or Boolean; null where a field is absent
 */
public record Extras(List<ExtraField> fields, List<@Nullable Object> values) {

    /** Where the contract names none. */
    public static final Extras NONE = new Extras(List.of(), List.of());

    public Extras {
        fields = List.copyOf(fields);
        values = Collections.unmodifiableList(values);
        if (fields.size() != values.size()) {
            throw new IllegalArgumentException(values.size() + " values of " + fields.size() + " fields");
        }
    }

    /** The values, which are not changed after. */
    public static Extras of(List<ExtraField> fields, @Nullable Object[] values) {
        return new Extras(fields, Arrays.asList(values));
    }
}
