package riskcluster.lakehouse.correct;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.table.ColumnType;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;

/** The columns in which a correction may change a row; all others say what was sent, and when. */
public enum CorrectableColumns {
    SILVER(Tables.SILVER_TRANSACTIONS),
    FEATURES(Tables.GOLD_FEATURES),
    FACTS(Tables.GOLD_FACT_TRANSACTION);

    private final TableDefinition table;
    private final List<String> vector;
    private final List<String> names;

    CorrectableColumns(TableDefinition table) {
        this.table = table;
        this.vector = table.columns().stream()
                .filter(column -> column.type() == ColumnType.Scalar.FLOAT)
                .map(column -> column.name())
                .toList();
        this.names = table.columns().stream()
                .map(column -> column.name())
                .filter(name -> mayChange(name) || vector.contains(name))
                .toList();
    }

    /** Whether a correction may change this column of silver. */
    public static boolean mayChange(String column) {
        return Decided.COLUMNS.contains(column);
    }

    /** Whose rows these are. */
    public TableDefinition table() {
        return table;
    }

    List<String> names() {
        return names;
    }

    /** What the columns say of the decision, as rows hold it. */
    Map<String, @Nullable Object> values(NewDecision decision, Schema schema) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String name : names) {
            int place = vector.indexOf(name);
            values.put(name, place < 0 ? value(decision, name, schema) : feature(decision, place));
        }
        return values;
    }

    /** A shorter vector is one of an older version: what it does not have is missing. */
    private static float feature(NewDecision decision, int place) {
        return place < decision.features().length ? decision.features()[place] : Float.NaN;
    }

    private static @Nullable Object value(NewDecision decision, String column, Schema schema) {
        return switch (column) {
            case "tx_count_30m" -> decision.count30m();
            case "points" -> decision.points();
            case "band" -> decision.band().name();
            case "probability" -> Double.isNaN(decision.probability()) ? null : decision.probability();
            case "fired_rules" -> rules(decision.firedRules(), schema);
            case "features" -> floats(decision.features());
            case "feature_version" -> decision.featureVersion();
            case "policy_version" -> decision.policyVersion();
            case "is_late" -> decision.late();
            case "is_approximate" -> decision.approximate();
            default -> throw new IllegalStateException("nothing is known of column " + column);
        };
    }

    private static List<Record> rules(List<FiredRule> fired, Schema schema) {
        var list = (Types.ListType) schema.findType("fired_rules");
        var rules = new ArrayList<Record>(fired.size());
        for (FiredRule rule : fired) {
            Record element = GenericRecord.create(list.elementType().asStructType());
            element.setField("rule", rule.rule());
            element.setField("points", rule.points());
            element.setField("observed", rule.observed());
            rules.add(element);
        }
        return rules;
    }

    private static List<Float> floats(float[] features) {
        var list = new ArrayList<Float>(features.length);
        for (float feature : features) {
            list.add(feature);
        }
        return list;
    }

    /** Here, since constants of an enumeration are made before its own. */
    private static final class Decided {
        private static final Set<String> COLUMNS = Set.of(
                "tx_count_30m",
                "points",
                "band",
                "probability",
                "fired_rules",
                "features",
                "feature_version",
                "policy_version",
                "is_late",
                "is_approximate");

        private Decided() {}
    }
}
