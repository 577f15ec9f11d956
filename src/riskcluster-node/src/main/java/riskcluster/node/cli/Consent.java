package riskcluster.node.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Set;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;

/** A person's yes to a change. */
final class Consent {

    private static final Set<String> YES = Set.of("y", "yes");

    private Consent() {}

    /**
     * For work that takes a while before it is known what to ask.
     *
     * @throws CommandFailed where no person is there to be asked
     */
    static void demandSomebody(Screen screen) {
        if (!screen.terminal()) {
            throw new CommandFailed(
                    Exit.USAGE,
                    "nothing was done: give --yes where nobody can be asked, or --dry-run to see what it is");
        }
    }

    /**
     * Asks; nothing but y or yes is one.
     *
     * @throws CommandFailed where no person is there to be asked
     */
    static boolean asked(Screen screen, String question) {
        demandSomebody(screen);
        screen.out().print(question + " [y/N] ");
        screen.out().flush();
        try {
            var in = new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()));
            var answer = in.readLine();
            return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
