package riskcluster.node.terminal;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Where the command line writes, and whether a person looks at it.
 *
 * @param terminal a person looks: lines may be painted over
 * @param coloured colours are wanted
 */
public record Screen(PrintStream out, PrintStream err, boolean terminal, boolean coloured) {

    private static final int BUFFER_BYTES = 1 << 13;

    /** The process's own output. */
    public static Screen system() {
        return of(isTerminal(), System.getenv());
    }

    /** Without a terminal, or where {@code NO_COLOR} (no-color.org) or a dumb terminal says so, nothing is coloured. */
    public static Screen of(boolean terminal, Map<String, String> environment) {
        var able = terminal && !"dumb".equals(environment.get("TERM"));
        var coloured = able && environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Screen(stream(FileDescriptor.out), stream(FileDescriptor.err), able, coloured);
    }

    private static boolean isTerminal() {
        var console = System.console();
        return console != null && console.isTerminal();
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        var buffered = new BufferedOutputStream(new FileOutputStream(descriptor), BUFFER_BYTES);
        return new PrintStream(buffered, true, StandardCharsets.UTF_8);
    }
}
