package riskcluster.node.operate.protocol;

import java.util.List;
import java.util.Optional;

/**
 * What a client is told about a command.
 *
 * @param changes it changes something
 * @param endless it gives output until it is cancelled
 */
public record CommandPage(String name, String help, boolean changes, boolean endless, List<OptionPage> options) {

    public CommandPage {
        options = List.copyOf(options);
    }

    /** A command that looks and ends. */
    public static CommandPage looks(String name, String help, OptionPage... options) {
        return new CommandPage(name, help, false, false, List.of(options));
    }

    /** A command that changes something and ends. */
    public static CommandPage acts(String name, String help, OptionPage... options) {
        return new CommandPage(name, help, true, false, List.of(options));
    }

    /** A command that follows something until it is cancelled. */
    public static CommandPage follows(String name, String help, OptionPage... options) {
        return new CommandPage(name, help, false, true, List.of(options));
    }

    public Optional<OptionPage> option(String name) {
        return options.stream().filter(option -> option.names().contains(name)).findFirst();
    }
}
