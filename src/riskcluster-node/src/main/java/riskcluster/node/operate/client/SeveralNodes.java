package riskcluster.node.operate.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;
import riskcluster.node.terminal.Screen;

/**
 * A command whose answer is lines with a time, asked of several nodes at once, each over a connection of its own: so it
 * also tells of nodes that do not reach each other. Lines are put in the order of their times; where they are followed,
 * each is printed as it comes.
 */
public final class SeveralNodes {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> FOLLOW = Set.of("-f", "--follow");

    /** Of a line in text, which begins with its time in UTC to the millisecond. */
    private static final int TIME_CHARACTERS = "2026-01-06T10:00:00.000Z".length();

    private SeveralNodes() {}

    /**
     * Asks all of them.
     *
     * @return the status that a script may trust: fine where each has answered well
     */
    public static int run(Screen screen, List<OperatorAddress> addresses, List<String> typed) {
        var request = Request.of(typed);
        if (addresses.size() == 1 || request.help()) {
            return OneShot.run(screen, addresses.getFirst(), typed);
        }
        if (typed.stream().anyMatch(FOLLOW::contains)) {
            return asked(screen, addresses, typed, line -> print(screen, line));
        }
        var lines = new ArrayList<String>();
        int status = asked(screen, addresses, typed, line -> {
            synchronized (lines) {
                return lines.add(line);
            }
        });
        sorted(lines, request).forEach(screen.out()::println);
        screen.out().flush();
        return status;
    }

    /** False where nobody reads any more, as in: log tail -f | head. */
    private static boolean print(Screen screen, String line) {
        synchronized (screen) {
            screen.out().println(line);
            return !screen.out().checkError();
        }
    }

    private static int asked(
            Screen screen, List<OperatorAddress> addresses, List<String> typed, Predicate<String> sink) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = addresses.stream()
                    .map(address -> CompletableFuture.supplyAsync(() -> ask(screen, address, typed, sink), threads))
                    .toList();
            return asked.stream()
                    .map(CompletableFuture::join)
                    .max(Comparator.naturalOrder())
                    .orElse(Exit.FINE);
        }
    }

    private static int ask(Screen screen, OperatorAddress address, List<String> typed, Predicate<String> sink) {
        try (var out = new PrintStream(new Lines(sink), false, StandardCharsets.UTF_8)) {
            return OneShot.run(new Screen(out, screen.err(), false, false), address, typed);
        } catch (CommandFailed e) {
            synchronized (screen) {
                screen.err().println("riskcluster: " + e.getMessage());
            }
            return e.status();
        }
    }

    /** Forms that are not one line for each stay as they came. */
    private static Stream<String> sorted(List<String> lines, Request request) {
        Function<String, String> time = switch (request.format()) {
            case TABLE, WIDE -> line -> line.substring(0, Math.min(TIME_CHARACTERS, line.length()));
            case JSON, JSONL -> SeveralNodes::time;
            case YAML, NAME -> line -> "";
        };
        return lines.stream().sorted(Comparator.comparing(time));
    }

    private static String time(String json) {
        try {
            return JSON.readTree(json).path("time").asText("");
        } catch (JsonProcessingException e) {
            throw new CommandFailed(Exit.UNREACHABLE, "what a node answers is no JSON", e);
        }
    }

    /** Passes each line on when it is whole. */
    private static final class Lines extends OutputStream {
        private final Predicate<String> sink;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        private Lines(Predicate<String> sink) {
            this.sink = sink;
        }

        @Override
        public void write(int b) throws IOException {
            if (b != '\n') {
                line.write(b);
                return;
            }
            var whole = line.toString(StandardCharsets.UTF_8);
            line.reset();
            if (!sink.test(whole)) {
                throw new IOException("nobody reads any more");
            }
        }
    }
}
