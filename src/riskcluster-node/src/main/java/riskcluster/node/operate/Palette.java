package riskcluster.node.operate;

import java.util.List;
import riskcluster.node.operate.protocol.PalettePage;

/** Commands about one thing, under one name. */
public record Palette(String name, String help, List<Command> commands) {

    public Palette {
        commands = List.copyOf(commands);
    }

    PalettePage page() {
        return new PalettePage(name, help, commands.stream().map(Command::page).toList());
    }
}
