package riskcluster.node.operate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import riskcluster.node.operate.Command;
import riskcluster.node.operate.CommandRefused;
import riskcluster.node.operate.Limits;
import riskcluster.node.operate.OperatorServer;
import riskcluster.node.operate.Palette;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.OptionPage;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;
import riskcluster.node.terminal.Screen;

/** A script in the shell, against a node with commands that this client has never seen. */
class ShellTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Screen screen = new Screen(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            false,
            false);

    private OperatorServer server;
    private OperatorAddress address;

    @BeforeEach
    void serve() {
        var echo = new Command(
                CommandPage.looks(
                        "echo",
                        "Says it again.",
                        OptionPage.of("-t", "--text", "TEXT", "What.", "hello", "bye")
                                .needed()),
                (arguments, answer) -> answer.show(
                        arguments.value("-t").orElseThrow(),
                        () -> List.of(arguments.value("-t").orElseThrow())));
        var fail = new Command(CommandPage.acts("fail", "Fails."), (arguments, answer) -> {
            throw CommandRefused.failed("it cannot be done");
        });
        var stream = new Command(CommandPage.follows("stream", "Goes on."), (arguments, answer) -> {
            while (!Thread.interrupted()) {
                answer.follow("on", () -> "on");
            }
            throw new InterruptedException();
        });
        server = OperatorServer.bind(
                "127.0.0.1",
                0,
                "new",
                List.of(new Palette("novelty", "New things.", List.of(echo, fail, stream))),
                Limits.standard());
        address = OperatorAddress.parse(server.address()).orElseThrow();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private int type(String... lines) {
        return Shell.run(screen, address, new BufferedReader(new StringReader(String.join("\n", lines))));
    }

    private String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return err.toString(StandardCharsets.UTF_8);
    }

    @Test
    void aScriptRunsLineByLineWithoutPromptOrBanner() {
        var status = type(
                "# a remark",
                "novelty echo -t 'two words'",
                "",
                "novelty echo --text=x -o json",
                "exit",
                "novelty fail");

        assertThat(status).isEqualTo(Exit.FINE);
        assertThat(out()).isEqualTo("two words\n\"x\"\n");
        assertThat(err()).isEmpty();
    }

    @Test
    void aScriptEndsWithItsFirstFailure() {
        assertThat(type("novelty fail", "novelty echo -t never")).isEqualTo(Exit.UNWELL);
        assertThat(out()).isEmpty();
        assertThat(err()).isEqualTo("riskcluster: it cannot be done\n");
        assertThat(type("novelty ehco")).isEqualTo(Exit.USAGE);
        assertThatThrownBy(() -> type("novelty echo -t \"half")).hasMessageContaining("a quote without its end");
    }

    @Test
    void whatANodeSendsCannotMoveTheCursor() {
        type("novelty echo -t '\u001b[2Jboo'");

        assertThat(out()).isEqualTo("\uFFFD[2Jboo\n");
    }

    @Test
    void helpAndCompletionKnowWhatTheNodeBrought() {
        assertThat(type("help novelty echo")).isEqualTo(Exit.FINE);
        assertThat(out()).isEqualTo("""
            Usage: [HOST:PORT] novelty echo -t TEXT
            Says it again.
              -t, --text TEXT  What.
            """);
        try (var client = OperatorClient.connect(address)) {
            var completion = new Completion(() -> client.learnt().palettes());
            assertThat(completion.after(List.of())).containsExactly("novelty", "help", "exit");
            assertThat(completion.after(List.of("novelty"))).containsExactly("echo", "fail", "stream");
            assertThat(completion.after(List.of("help", "novelty"))).containsExactly("echo", "fail", "stream");
            assertThat(completion.after(List.of("novelty", "echo")))
                    .containsExactly("-t", "--text", "-o", "--timeout", "--help");
            assertThat(completion.after(List.of("novelty", "echo", "-t"))).containsExactly("hello", "bye");
            assertThat(completion.after(List.of("novelty", "echo", "-o")))
                    .containsExactly("table", "wide", "json", "jsonl", "yaml", "name");
            assertThat(completion.after(List.of("nothing", "known"))).isEmpty();
        }
    }

    @Test
    void whatHasNoEndEndsWithItsReader() {
        var closed = new PrintStream(
                new OutputStream() {
                    @Override
                    public void write(int b) throws IOException {
                        throw new IOException("a closed pipe");
                    }
                },
                true,
                StandardCharsets.UTF_8);
        try (var client = OperatorClient.connect(address)) {
            assertThat(OneShot.run(
                            new Screen(closed, screen.err(), false, false), client, List.of("novelty", "stream")))
                    .isEqualTo(Exit.FINE);
        }
    }

    @Test
    void aNodeThatIsGoneEndsTheScriptWithStatus3() {
        server.close();

        assertThat(statusOf("novelty echo -t x")).isEqualTo(Exit.UNREACHABLE);
    }

    /** A node that goes is met before the first line or at it. */
    private int statusOf(String line) {
        try {
            return type(line);
        } catch (CommandFailed e) {
            return e.status();
        }
    }
}
