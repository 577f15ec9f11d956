package riskcluster.node.operate.client;

import java.util.List;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.operate.protocol.Frame;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.TextTable;

/** One command: its output goes to the screen, and its end becomes a status. */
public final class OneShot {

    private OneShot() {}

    /**
     * Runs the words over the connection, help included.
     *
     * @return the status that a script may trust
     */
    public static int run(Screen screen, OperatorClient client, List<String> typed) {
        var request = Request.of(typed);
        var words = request.words();
        var asksHelp = !words.isEmpty() && words.getFirst().equals("help");
        if (request.help() || asksHelp) {
            HelpPage.about(asksHelp ? words.subList(1, words.size()) : words, client.learnt())
                    .forEach(line -> print(screen, line));
            return Exit.FINE;
        }
        var end = client.run(words, request.json(), request.answerMax(), line -> {
            print(screen, line);
            if (screen.out().checkError()) {
                client.cancel(); // whoever read it has gone, as in: cluster tail | head
            }
        });
        screen.out().flush();
        say(screen, end);
        return status(end.ending());
    }

    /** What a node sends is shown, never obeyed. */
    private static void print(Screen screen, String line) {
        screen.out().println(TextTable.harmless(line));
    }

    private static void say(Screen screen, Frame.End end) {
        if (!end.message().isEmpty()) {
            screen.err().println("riskcluster: " + TextTable.harmless(end.message()));
        }
    }

    private static int status(Ending ending) {
        return switch (ending) {
            case FINE -> Exit.FINE;
            case FAILED -> Exit.UNWELL;
            case USAGE -> Exit.USAGE;
            case TIMEOUT -> Exit.TIMEOUT;
        };
    }
}
