package riskcluster.node.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.iceberg.types.Types;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.LakeCatalog;

/** The rows of a table of gold as texts. How they are carried on is left out: it may be written in more than one way. */
final class SummedRows {

    private static final String STATE = "state";
    private static final int SHOWN_MAX = 10;

    private final TableDefinition table;
    private final Set<String> rows = new TreeSet<>();
    private final List<String> repeated = new ArrayList<>();

    private SummedRows(TableDefinition table) {
        this.table = table;
    }

    static SummedRows of(LakeCatalog catalog, TableDefinition table) throws IOException {
        var found = new SummedRows(table);
        new TableShelf(catalog, table).rows(row -> {
            var text = new StringBuilder();
            for (Types.NestedField field : row.struct().fields()) {
                if (!field.name().equals(STATE)) {
                    text.append(field.name())
                            .append('=')
                            .append(row.getField(field.name()))
                            .append(' ');
                }
            }
            if (!found.rows.add(text.toString())) {
                found.repeated.add(text.toString());
            }
        });
        return found;
    }

    int size() {
        return rows.size();
    }

    /** What stands here twice, here alone, or there alone; the first few of each. */
    List<String> differences(SummedRows wanted) {
        var found = new ArrayList<String>();
        tell("stands there twice", repeated, found);
        tell("should not be here", without(rows, wanted.rows), found);
        tell("is missing", without(wanted.rows, rows), found);
        return found;
    }

    private static List<String> without(Set<String> rows, Set<String> others) {
        return rows.stream().filter(row -> !others.contains(row)).toList();
    }

    private void tell(String what, List<String> texts, List<String> found) {
        if (!texts.isEmpty()) {
            found.add(table.qualifiedName() + ": " + texts.size() + " rows of which each " + what);
            texts.stream().limit(SHOWN_MAX).forEach(text -> found.add("  " + what + ": " + text));
        }
    }
}
