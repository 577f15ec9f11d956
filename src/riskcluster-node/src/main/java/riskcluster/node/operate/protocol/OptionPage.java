package riskcluster.node.operate.protocol;

import java.util.ArrayList;
import java.util.List;

/**
 * What a client is told about an option of a command.
 *
 * @param names as they are typed, the short one first
 * @param value what its value is called in help; empty: it takes none
 * @param required the command cannot do without
 * @param values what may be offered as values; others may be allowed
 */
public record OptionPage(List<String> names, String value, String help, boolean required, List<String> values) {

    public OptionPage {
        names = List.copyOf(names);
        values = List.copyOf(values);
        if (names.isEmpty() || names.stream().anyMatch(name -> !name.startsWith("-"))) {
            throw new IllegalArgumentException("an option's names begin with -: " + names);
        }
    }

    /** An option that may be left out. */
    public static OptionPage of(String brief, String full, String value, String help, String... values) {
        return new OptionPage(List.of(brief, full), value, help, false, List.of(values));
    }

    /** The same, but the command cannot do without it. */
    public OptionPage needed() {
        return new OptionPage(names, value, help, true, values);
    }

    /** The same with one more name. */
    public OptionPage also(String name) {
        var more = new ArrayList<>(names);
        more.add(name);
        return new OptionPage(more, value, help, required, values);
    }

    /** The name by which its value is asked for. */
    public String name() {
        return names.getFirst();
    }

    /** It stands alone, without a value. */
    public boolean isFlag() {
        return value.isEmpty();
    }
}
