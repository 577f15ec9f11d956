package riskcluster.node.operate.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;
import riskcluster.node.terminal.OutputFormat;
import riskcluster.node.terminal.Screen;

/**
 * What the client does for {@code cluster health}: with {@code -w} it looks again and again until the cluster is well,
 * also while no node answers yet; with {@code -e} it keeps quiet where it is.
 */
final class HealthWait {

    private static final Set<String> WAIT = Set.of("-w", "--wait");
    private static final Set<String> QUIET = Set.of("-e", "--exit-status");
    private static final Set<String> BOTH = Set.of("-we", "-ew");
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OperatorAddress address;
    private final Request request;
    private final boolean waits;
    private final boolean quiet;

    private HealthWait(OperatorAddress address, Request typed) {
        var options = typed.words();
        this.address = address;
        this.waits = options.stream().anyMatch(word -> WAIT.contains(word) || BOTH.contains(word));
        this.quiet = options.stream().anyMatch(word -> QUIET.contains(word) || BOTH.contains(word));
        this.request = new Request(
                options.stream().filter(word -> !isOurs(word)).toList(),
                quiet ? OutputFormat.JSON : typed.format(),
                false,
                typed.answerMax());
    }

    static boolean isAsked(Request request) {
        var words = request.words();
        return words.size() > 2
                && words.subList(0, 2).equals(List.of("cluster", "health"))
                && words.stream().anyMatch(HealthWait::isOurs)
                && !request.help();
    }

    private static boolean isOurs(String word) {
        return WAIT.contains(word) || QUIET.contains(word) || BOTH.contains(word);
    }

    static int run(Screen screen, OperatorAddress address, Request request) {
        return new HealthWait(address, request).run(screen);
    }

    private int run(Screen screen) {
        var until = System.nanoTime() + request.answerMax().toNanos();
        while (true) {
            var look = look();
            var late = System.nanoTime() > until;
            if (look.isFinal() || !waits || late) {
                return show(screen, look);
            }
            pause();
        }
    }

    /**
     * How one look ended.
     *
     * @param status what a script would be told
     * @param out what it printed
     * @param err why there is nothing better to print
     */
    private record Look(int status, String out, String err) {
        /** Looking again would tell the same. */
        boolean isFinal() {
            return status == Exit.FINE || status == Exit.USAGE;
        }
    }

    private Look look() {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        try (var client = OperatorClient.connect(address)) {
            Ending ending = OneShot.run(new Screen(stream(out), stream(err), false, false), client, request);
            return new Look(OneShot.status(ending), text(out), text(err));
        } catch (CommandFailed failed) {
            return new Look(failed.status(), "", "riskcluster: " + failed.getMessage() + "\n");
        }
    }

    private int show(Screen screen, Look look) {
        if (quiet && look.status() == Exit.UNWELL) {
            screen.err().println("riskcluster: unwell: " + causes(look.out()));
        } else if (!quiet) {
            screen.out().print(look.out());
            screen.out().flush();
        }
        screen.err().print(look.err());
        if (!waits || look.status() != Exit.UNWELL) {
            return look.status();
        }
        screen.err()
                .println("riskcluster: not well within " + request.answerMax().toSeconds()
                        + " s; wait longer with --timeout SECONDS");
        return Exit.TIMEOUT;
    }

    private static String causes(String json) {
        try {
            return StreamSupport.stream(JSON.readTree(json).path("why").spliterator(), false)
                    .map(cause -> cause.path("code").asText() + " "
                            + cause.path("where").asText())
                    .collect(Collectors.joining("; "));
        } catch (JsonProcessingException e) {
            throw new CommandFailed(Exit.UNREACHABLE, "what the node answers is no JSON", e);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_EVERY);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailed(Exit.UNWELL, "interrupted", e);
        }
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
