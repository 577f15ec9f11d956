package riskcluster.node.operate.client;

import java.io.BufferedReader;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import riskcluster.node.operate.protocol.PalettePage;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;
import riskcluster.node.terminal.Screen;

/**
 * One command after the other over one connection. A person's shell goes on after what fails and connects anew where
 * the node was away; a script's ends with the first failure and its status.
 */
public final class Shell implements AutoCloseable {

    private static final Set<String> ENDS = Set.of("exit", "quit");

    private final Screen screen;
    private final OperatorAddress address;
    private OperatorClient client;
    private boolean connected = true;

    private Shell(Screen screen, OperatorAddress address) {
        this.screen = screen;
        this.address = address;
        this.client = OperatorClient.connect(address);
    }

    /** A shell for the person at the terminal, or where there is none, for the script at standard input. */
    public static int run(Screen screen, OperatorAddress address, BufferedReader input) {
        try (var shell = new Shell(screen, address)) {
            if (!screen.terminal()) {
                try (var script = new Script(input)) {
                    return shell.converse(script, true);
                }
            }
            screen.out().println("successfully connected to " + address);
            screen.out().println("Commands downloaded from server. type `help` to see what's available");
            try (var person = Person.at("[" + address + "] riskcluster> ", shell::palettes)) {
                return shell.converse(person, false);
            }
        }
    }

    private List<PalettePage> palettes() {
        return client.learnt().palettes();
    }

    private int converse(Typist typist, boolean strict) {
        for (var words = next(typist); words.isPresent(); words = next(typist)) {
            if (words.get().isEmpty()) {
                continue;
            }
            if (ENDS.contains(words.get().getFirst())) {
                return Exit.FINE;
            }
            var status = run(words.get(), typist);
            if (strict && status != Exit.FINE) {
                return status;
            }
        }
        return Exit.FINE;
    }

    private Optional<List<String>> next(Typist typist) {
        screen.out().flush();
        return typist.next();
    }

    private int run(List<String> words, Typist typist) {
        try {
            if (!connected) {
                client = OperatorClient.connect(address);
                connected = true;
            }
            typist.onInterrupt(client::cancel);
            return OneShot.run(screen, client, words);
        } catch (CommandFailed e) {
            if (e.status() == Exit.UNREACHABLE || e.status() == Exit.TIMEOUT) {
                connected = false; // what comes late would be taken for the answer to the next command
                client.close();
            }
            screen.out().flush();
            screen.err().println("riskcluster: " + e.getMessage());
            return e.status();
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
