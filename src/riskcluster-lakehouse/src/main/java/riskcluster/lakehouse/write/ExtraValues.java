package riskcluster.lakehouse.write;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.contracts.transaction.Extras;
import riskcluster.lakehouse.column.Columns;

/** The columns in which extra fields lie, behind those of the table's definition. */
final class ExtraValues {

    private final List<Consumer<@Nullable Object>> columns = new ArrayList<>();

    ExtraValues(Columns file, List<ExtraField> fields) {
        fields.forEach(field -> columns.add(column(file, field)));
    }

    /** The values of a row; its fields are those of the file. */
    void add(Extras extras) {
        for (int i = 0; i < columns.size(); i++) {
            columns.get(i).accept(extras.values().get(i));
        }
    }

    /** A row without any. */
    void addNone() {
        columns.forEach(column -> column.accept(null));
    }

    private static Consumer<@Nullable Object> column(Columns file, ExtraField field) {
        return switch (field.kind()) {
            case STRING -> {
                var texts = file.texts(field.name());
                yield value -> texts.add((String) value);
            }
            case INTEGER -> {
                var numbers = file.plainNumbers(field.name());
                yield value -> numbers.add((Long) value);
            }
            case NUMBER -> {
                var reals = file.reals(field.name());
                yield value -> reals.add(value == null ? Double.NaN : (Double) value);
            }
            case BOOLEAN -> {
                var flags = file.flags(field.name());
                yield value -> flags.add((Boolean) value);
            }
        };
    }
}
