package riskcluster.node.operate.protocol;

import java.util.List;
import java.util.Optional;

/** What a client is told about a palette: commands about one thing. */
public record PalettePage(String name, String help, List<CommandPage> commands) {

    public PalettePage {
        commands = List.copyOf(commands);
    }

    public Optional<CommandPage> command(String name) {
        return commands.stream().filter(command -> command.name().equals(name)).findFirst();
    }
}
