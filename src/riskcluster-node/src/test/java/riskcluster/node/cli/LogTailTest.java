package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.operate.OneNode;
import riskcluster.node.operate.client.OperatorClient;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;

/** The log of nodes as an operator reads it. Both nodes are of this process, and so have the same lines. */
class LogTailTest {

    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
    private static final String KEY = "k1:00ff";
    private static final Logger LOG = LoggerFactory.getLogger("riskcluster.of.Some");
    private static final Duration SOON = Duration.ofSeconds(20);

    /** No other line of this process speaks of it. */
    private static final String PARTITION = "9001";

    private static OneNode first;
    private static OneNode second;

    @BeforeAll
    static void start() {
        first = OneNode.alone();
        second = OneNode.alone();
        say(Level.ERROR, "ALARM it stands still");
        say(Level.WARN, "it starts again\nat once");
        LOG.atWarn()
                .addKeyValue("partition", 9001)
                .addKeyValue("offset", 17L)
                .addKeyValue("customer_key", KEY)
                .addKeyValue("trace_id", TRACE)
                .log("one of a customer");
    }

    private static void say(Level level, String message) {
        LOG.atLevel(level).addKeyValue("partition", 9001).log(message);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
    }

    private static Typed tail(String... options) {
        var words = new ArrayList<>(List.of(first.operator(), "log", "tail", "--partition", PARTITION));
        words.addAll(List.of(options));
        return Typed.type(words.toArray(String[]::new));
    }

    private static List<String> withoutTimes(Typed typed) {
        assertThat(typed.err()).isEmpty();
        assertThat(typed.status()).isEqualTo(Exit.FINE);
        return typed.out()
                .lines()
                .map(line -> line.replaceFirst("^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z ", ""))
                .toList();
    }

    @Test
    void theLastLinesAreToldAsTextTheOldestFirst() {
        assertThat(withoutTimes(tail()))
                .containsExactly(
                        "ERROR Some  ALARM it stands still partition=9001",
                        "WARN  Some  it starts again at once partition=9001",
                        "WARN  Some  one of a customer partition=9001 offset=17 customer_key=k1:00ff trace_id="
                                + TRACE);
        assertThat(withoutTimes(tail("--lines", "1")))
                .singleElement()
                .asString()
                .contains("one of a customer");
    }

    @Test
    void linesArePickedByLevelCustomerAndTrace() {
        assertThat(withoutTimes(tail("--level", "error")))
                .singleElement()
                .asString()
                .contains("ALARM");
        assertThat(withoutTimes(tail("--customer=" + KEY)))
                .singleElement()
                .asString()
                .contains("one of a customer");
        assertThat(withoutTimes(tail("-t", TRACE))).singleElement().asString().contains("one of a customer");
        assertThat(withoutTimes(tail("-t", TRACE, "-l", "ERROR"))).isEmpty();
    }

    @Test
    void programsGetOneObjectALine() {
        assertThat(tail("-o", "jsonl", "-n", "1").out())
                .endsWith("\"message\":\"one of a"
                        + " customer\",\"partition\":9001,\"offset\":17,\"customer_key\":\"k1:00ff\","
                        + "\"trace_id\":\"" + TRACE + "\"}\n");
        assertThat(tail("-o", "json", "-n", "1").out())
                .isEqualTo(tail("-o", "jsonl", "-n", "1").out());
        assertThat(tail("-o", "yaml", "-n", "1").out()).startsWith("---\n").contains("offset: 17\n");
    }

    @Test
    void aUserIdIsNoPseudonymAndIsNotToldBack() {
        assertThat(tail("--customer", "u00000042"))
                .isEqualTo(new Typed(
                        Exit.USAGE,
                        "",
                        "riskcluster: --customer takes a pseudonym such as k1:00ff; never a user id\n"));
        assertThat(tail("--trace", "x").err()).isEqualTo("riskcluster: --trace takes 32 hexadecimal digits\n");
        assertThat(tail("--level", "loud").err())
                .isEqualTo("riskcluster: -l is 'loud', allowed: error, warn, info, debug\n");
        assertThat(tail("--lines", "2001").err()).isEqualTo("riskcluster: -n is '2001', allowed: 0 to 2000\n");
    }

    @Test
    void linesOfSeveralNodesAreInTheOrderOfTheirTimes() {
        var both = first.operator() + "," + second.operator();

        for (var form : List.of("table", "jsonl")) {
            var typed = Typed.type("log", "tail", "--node", both, "-p", PARTITION, "-l", "warn", "-o", form);

            assertThat(typed.status()).isEqualTo(Exit.FINE);
            assertThat(typed.out().lines()).hasSize(6);
            assertThat(typed.out().lines().map(line -> line.replaceFirst(".*(\\d{4}-\\S{18}Z).*", "$1")))
                    .isSorted();
        }
    }

    @Test
    void aNodeThatDoesNotAnswerIsNamedAndTheOthersTell() {
        var nobody = "127.0.0.1:" + FreePort.from(0);

        var typed = Typed.type("log", "tail", "--node", nobody + "," + first.operator(), "-p", PARTITION);

        assertThat(typed.status()).isEqualTo(Exit.UNREACHABLE);
        assertThat(typed.out().lines()).hasSize(3);
        assertThat(typed.err()).startsWith("riskcluster: no node listens at " + nobody);
    }

    @Test
    void eachNewLineIsFollowedUntilItIsEnough() {
        var told = new ArrayList<String>();
        try (var client = OperatorClient.connect(OperatorAddress.of(first.operator()))) {
            var words = List.of("log", "tail", "-f", "-n", "1", "--trace", TRACE);

            var end = client.run(words, false, SOON, line -> {
                told.add(line);
                if (told.size() == 1) {
                    LOG.atWarn().addKeyValue("trace_id", TRACE).log("one more");
                } else {
                    client.cancel();
                }
            });

            assertThat(end.ending()).isEqualTo(Ending.FINE);
        }
        assertThat(told).hasSize(2);
        assertThat(told.getFirst()).contains("one of a customer");
        assertThat(told.getLast()).contains("Some  one more trace_id=");
    }

    @Test
    void helpShowsTheOptionsAndExamples() {
        assertThat(Typed.type(first.operator(), "log", "tail", "--help").out()).isEqualTo("""
            Usage: [HOST:PORT] log tail [-f] [-n N] [-l LEVEL] [-p N] [-c KEY] [-t ID]
            Prints the last lines of the node's log, the oldest first; with -f also those to come.
              -f, --follow        Goes on with each new line, until Ctrl-C.
              -n, --lines N       So many of the last lines, 0 to 2000; 100.
              -l, --level LEVEL   Lines of this level and above.
              -p, --partition N   Lines about this partition.
              -c, --customer KEY  Lines about the customer of this pseudonym.
              -t, --trace ID      Lines about records of this trace, 32 hexadecimal digits.

            Examples:
              riskcluster log tail
              riskcluster log tail -f --level warn
              riskcluster log tail --partition 3 --lines 20 -o jsonl
            """);
    }
}
