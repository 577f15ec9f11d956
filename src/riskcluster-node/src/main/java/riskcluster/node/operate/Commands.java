package riskcluster.node.operate;

import java.util.List;
import riskcluster.node.operate.protocol.Frame;

/** Every command of a node, found by the words that somebody typed. */
final class Commands {

    private final List<Palette> palettes;

    Commands(List<Palette> palettes) {
        this.palettes = List.copyOf(palettes);
    }

    /** What a client learns. */
    Frame.Learn page(String node) {
        return new Frame.Learn(
                Frame.PROTOCOL, node, palettes.stream().map(Palette::page).toList());
    }

    /** A command with its options, ready to run. */
    record Asked(Command command, Arguments arguments) {}

    /**
     * The command that the words ask for.
     *
     * @throws CommandRefused where they ask for none
     */
    Asked find(List<String> words) {
        if (words.isEmpty()) {
            throw CommandRefused.misused("no command; see 'help'");
        }
        var palette = palette(words.getFirst());
        var names = palette.commands().stream()
                .map(command -> command.page().name())
                .toList();
        if (words.size() == 1) {
            throw CommandRefused.misused("'" + palette.name() + "' needs a command: " + String.join(", ", names));
        }
        var name = words.get(1);
        var command = palette.commands().stream()
                .filter(each -> each.page().name().equals(name))
                .findFirst()
                .orElseThrow(() -> CommandRefused.misused("no command '" + palette.name() + " " + name + "'"
                        + Nearest.to(name, names)
                                .map(near -> "; did you mean '" + palette.name() + " " + near + "'?")
                                .orElse("; see 'help " + palette.name() + "'")));
        var full = palette.name() + " " + name;
        return new Asked(command, Arguments.read(full, command.page(), words.subList(2, words.size())));
    }

    private Palette palette(String name) {
        var names = palettes.stream().map(Palette::name).toList();
        return palettes.stream()
                .filter(palette -> palette.name().equals(name))
                .findFirst()
                .orElseThrow(() -> CommandRefused.misused("no command '" + name + "'"
                        + Nearest.to(name, names)
                                .map(near -> "; did you mean '" + near + "'?")
                                .orElse("; see 'help'")));
    }
}
