package riskcluster.actors.policy;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import riskcluster.contracts.transaction.ExtraField;

/** The extra fields of the transaction as they stand in a policy, where the node puts them; a rule file has none. */
final class ExtraFieldsMember {

    /** The member of a policy's content. */
    static final String NAME = "extra_fields";

    private static final int FIELDS_MAX = 200;

    private ExtraFieldsMember() {}

    static List<ExtraField> read(Members file) throws Json.Fault {
        if (!file.has(NAME)) {
            return List.of();
        }
        var fields = new ArrayList<ExtraField>();
        for (Json element : file.elements(NAME)) {
            var field = Members.of("an extra field", element);
            var name = field.text("name");
            if (!ExtraField.NAME.matcher(name).matches() || fields.size() == FIELDS_MAX) {
                throw field.fault(
                        "name",
                        "the field is called \"" + name + "\"",
                        ExtraField.NAME + ", " + FIELDS_MAX + " at most");
            }
            fields.add(new ExtraField(name, kind(field), field.integer("id", ExtraField.ID_MIN, Integer.MAX_VALUE)));
            field.nothingElse();
        }
        return fields;
    }

    static Json write(List<ExtraField> fields) {
        return new Json.Elements(
                Json.Place.NONE, fields.stream().map(ExtraFieldsMember::write).toList());
    }

    private static Json write(ExtraField field) {
        return new Json.Members(
                Json.Place.NONE,
                Map.of(
                        "name", new Json.Text(Json.Place.NONE, field.name()),
                        "kind", new Json.Text(Json.Place.NONE, text(field.kind())),
                        "id", new Json.Number(Json.Place.NONE, BigDecimal.valueOf(field.id()))));
    }

    private static ExtraField.Kind kind(Members field) throws Json.Fault {
        var named = field.text("kind");
        return Stream.of(ExtraField.Kind.values())
                .filter(kind -> text(kind).equals(named))
                .findFirst()
                .orElseThrow(() ->
                        field.fault("kind", "there is no kind \"" + named + "\"", "string, integer, number, boolean"));
    }

    private static String text(ExtraField.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
