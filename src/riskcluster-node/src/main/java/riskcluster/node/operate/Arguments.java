package riskcluster.node.operate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.OptionPage;

/** The options of one run of a command, as they were typed and as its page allows. */
public final class Arguments {

    private final Map<String, String> values;

    private Arguments(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads what follows the command's name.
     *
     * @throws CommandRefused where the page does not allow it
     */
    static Arguments read(String command, CommandPage page, List<String> words) {
        var values = new HashMap<String, String>();
        var rest = words.iterator();
        while (rest.hasNext()) {
            var word = rest.next();
            var alone = word.startsWith("-") ? Optional.<OptionPage>empty() : missing(page, values);
            if (alone.isPresent()) {
                values.put(alone.get().name(), word);
                continue;
            }
            var equals = word.startsWith("--") ? word.indexOf('=') : -1;
            var name = equals < 0 ? word : word.substring(0, equals);
            var option = page.option(name).orElseThrow(() -> unknown(command, page, name));
            var value = equals >= 0 ? word.substring(equals + 1) : "";
            if (equals < 0 && !option.isFlag()) {
                if (!rest.hasNext()) {
                    throw misused(command, name + " needs a value: " + option.value());
                }
                value = rest.next();
            }
            if (values.put(option.name(), value) != null) {
                throw misused(command, name + " is given twice");
            }
        }
        missing(page, values).ifPresent(missing -> {
            throw misused(command, String.join("|", missing.names()) + " " + missing.value() + " is missing");
        });
        return new Arguments(values);
    }

    /**
     * The option that the command cannot do without and that is not given yet; its value may stand alone. Who says all
     * need not say which.
     */
    private static Optional<OptionPage> missing(CommandPage page, Map<String, String> values) {
        if (values.containsKey("--all")) {
            return Optional.empty();
        }
        return page.options().stream()
                .filter(OptionPage::required)
                .filter(option -> !values.containsKey(option.name()))
                .findFirst();
    }

    private static CommandRefused unknown(String command, CommandPage page, String name) {
        if (!name.startsWith("-")) {
            return misused(command, "'" + name + "' is not expected");
        }
        var known = page.options().stream()
                .flatMap(option -> option.names().stream())
                .toList();
        return misused(command, "no option '" + name + "'" + Nearest.hint(name, known));
    }

    private static CommandRefused misused(String command, String what) {
        return CommandRefused.misused(what + "; see 'help " + command + "'");
    }

    /** The value of an option by its first name. */
    public Optional<String> value(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /**
     * A whole number.
     *
     * @throws CommandRefused where it is none, or not within {@code min} and {@code max}
     */
    public int number(String name, int usual, int min, int max) {
        var text = values.get(name);
        if (text == null) {
            return usual;
        }
        try {
            var number = Integer.parseInt(text);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notWithin(name, text, min, max);
        }
        throw notWithin(name, text, min, max);
    }

    private static CommandRefused notWithin(String name, String text, int min, int max) {
        return CommandRefused.misused(name + " is '" + text + "', allowed: " + min + " to " + max);
    }
}
