package riskcluster.node.operate.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.operate.protocol.Frame;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Document;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;
import riskcluster.node.terminal.OutputFormat;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;
import riskcluster.node.terminal.TextTable;

/** One command: its output goes to the screen, and its end becomes a status. */
public final class OneShot {

    private static final ObjectMapper JSON = new ObjectMapper();

    private OneShot() {}

    /**
     * Connects and runs the words.
     *
     * @return the status that a script may trust
     */
    public static int run(Screen screen, OperatorAddress address, List<String> typed) {
        var request = Request.of(typed);
        if (HealthWait.isAsked(request)) {
            return HealthWait.run(screen, address, request);
        }
        try (var client = OperatorClient.connect(address)) {
            return run(screen, client, typed);
        }
    }

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
        return HealthWait.isAsked(request)
                ? HealthWait.run(screen, client.address(), request)
                : status(run(screen, client, request));
    }

    static Ending run(Screen screen, OperatorClient client, Request request) {
        var format = request.format();
        var whole = new StringBuilder();
        // JSON as the node lays it out goes through; other documents are made of it.
        var passes = format.isTable() || format == OutputFormat.JSON;
        var endless = client.isEndless(request.words());
        var end = client.run(request.words(), !format.isTable(), request.answerMax(), line -> {
            if (passes) {
                print(screen, line);
            } else if (endless) {
                Document.piece(tree(line), format).forEach(piece -> print(screen, piece));
            } else {
                whole.append(line).append('\n');
            }
            if (screen.out().checkError()) {
                client.cancel(); // whoever read it has gone, as in: cluster tail | head
            }
        });
        if (!whole.isEmpty()) {
            var tree = tree(whole.toString());
            Document.lines(tree, Rows.guess(tree), format).forEach(line -> print(screen, line));
        }
        screen.out().flush();
        say(screen, end);
        return end.ending();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new CommandFailed(Exit.UNREACHABLE, "what the node answers is no JSON", e);
        }
    }

    /** What a node sends is shown, never obeyed. */
    static void print(Screen screen, String line) {
        screen.out().println(TextTable.harmless(line));
    }

    static void say(Screen screen, Frame.End end) {
        if (!end.message().isEmpty()) {
            screen.err().println("riskcluster: " + TextTable.harmless(end.message()));
        }
    }

    static int status(Ending ending) {
        return switch (ending) {
            case FINE -> Exit.FINE;
            case FAILED -> Exit.UNWELL;
            case USAGE -> Exit.USAGE;
            case TIMEOUT -> Exit.TIMEOUT;
        };
    }
}
