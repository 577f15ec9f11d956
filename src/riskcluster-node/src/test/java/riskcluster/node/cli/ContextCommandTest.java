package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static riskcluster.node.cli.Typed.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.terminal.Exit;

class ContextCommandTest {

    private static final Path FILE = Path.of(System.getProperty("riskcluster.contexts"));

    @BeforeEach
    @AfterEach
    void forget() throws IOException {
        Files.deleteIfExists(FILE);
    }

    private static Typed fine(String out) {
        return new Typed(Exit.FINE, out, "");
    }

    @Test
    void aContextIsAddedUsedListedAndForgotten() {
        assertThat(type("context", "add", "prod", "--node", "10.0.0.5:8080", "--operator", "10.0.0.5:9110", "--use"))
                .isEqualTo(fine("context 'prod' is kept and current\n"));
        assertThat(type("context", "add", "test", "--operator", "test-1:9110").out())
                .isEqualTo("context 'test' is kept; make it the current one with 'riskcluster context use test'\n");
        assertThat(type("context", "ls")).isEqualTo(fine("""
            current  name  node                  operator
            *        prod  http://10.0.0.5:8080  10.0.0.5:9110
                     test                        test-1:9110

            interface  asked now             said by
            http       http://10.0.0.5:8080  context prod
            operator   10.0.0.5:9110         context prod
            """));

        assertThat(type("context", "use", "test")).isEqualTo(fine("context 'test' is current\n"));
        assertThat(type("context", "ls", "-o", "name")).isEqualTo(fine("prod\ntest\n"));
        assertThat(type("context", "ls").out())
                .contains("operator   test-1:9110  context test")
                .contains("http       none         context 'test' has no such address; set it with");

        assertThat(type("context", "remove", "test")).isEqualTo(fine("context 'test' is forgotten\n"));
        assertThat(type("context", "ls", "--context", "prod").out()).contains("10.0.0.5:9110         option --context");
    }

    @Test
    void everyCommandThatAsksANodeAsksTheOneOfTheContext() {
        var port = FreePort.from(0);
        type("context", "add", "gone", "--node", "127.0.0.1:" + port, "--operator", "127.0.0.1:" + port);

        for (var words : new String[][] {
            {"table", "list", "--context", "gone"},
            {"--context", "gone", "table", "list"},
            {"--context=gone", "sql", "select 1"},
            {"cluster", "show", "--context", "gone"},
            {"--context", "gone", "cluster", "health"},
            {"cluster", "health", "-w", "--timeout", "1", "--context=gone"},
            {"shell", "--context", "gone"},
            {"help", "cluster", "--context", "gone"}
        }) {
            var typed = type(words);
            assertThat(typed.status()).as(String.join(" ", words)).isEqualTo(Exit.UNREACHABLE);
            assertThat(typed.err()).contains("no node listens at").contains(":" + port);
        }
    }

    @Test
    void whatCannotBeKeptSaysWhatToDo() {
        type("context", "add", "prod", "--node", "a:1");

        assertThat(type("context", "add", "prod", "--node", "b:1"))
                .isEqualTo(new Typed(
                        Exit.USAGE, "", "riskcluster: there is a context 'prod' already; change it with --replace\n"));
        assertThat(type("context", "add", "x").err())
                .isEqualTo("riskcluster: give --node URL, --operator HOST:PORT, or both\n");
        assertThat(type("context", "use", "x").err())
                .isEqualTo("riskcluster: there is no context 'x'; there are prod\n");
        assertThat(type("cluster", "show", "--context").status()).isEqualTo(Exit.USAGE);
        assertThat(type("context", "add", "prod", "--replace", "--operator", "b:9110")
                        .status())
                .isZero();
        assertThat(type("context", "ls").out()).contains("http://a:1").contains("b:9110");
    }
}
