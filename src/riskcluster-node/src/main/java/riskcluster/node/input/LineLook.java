package riskcluster.node.input;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;

/** A look at the first lines: transactions of the contract, of the handbook, or neither. */
final class LineLook {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Set<String> names = new LinkedHashSet<>();
    private boolean contract;
    private boolean handbook;

    void at(byte[] line) {
        var fields = new LinkedHashSet<String>();
        try {
            var tree = JSON.readTree(line);
            if (tree != null && tree.isObject()) {
                tree.properties().forEach(field -> fields.add(field.getKey()));
            }
        } catch (IOException e) {
            return; // one broken line does not tell what the file is; the next one may
        }
        names.addAll(fields);
        handbook = Layout.isHandbook(fields);
        contract = !handbook && fields.containsAll(Layout.REQUIRED);
    }

    boolean isDecided() {
        return contract || handbook;
    }

    boolean isHandbook() {
        return handbook;
    }

    /** Refuses a file in whose first lines there is no transaction. */
    void check(Path file) throws InputRefused {
        if (isDecided()) {
            return;
        } else if (names.isEmpty()) {
            throw new InputRefused(
                    file,
                    "no line is a JSON object; an input file is Parquet, CSV with a header, or"
                            + " one JSON object a line");
        }
        var missing = Layout.REQUIRED.stream()
                .filter(name -> !names.contains(name))
                .findFirst()
                .orElse(Layout.REQUIRED.getFirst());
        throw new InputRefused(file, Layout.missing(missing, names));
    }
}
