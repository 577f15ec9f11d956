package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import riskcluster.node.http.FakeNode;
import riskcluster.node.http.NodeHttp;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;

class DlqCommandTest {

    private static final FakeNode NODE = new FakeNode();
    private static ActorSystem<Void> system;
    private static NodeHttp http;

    @BeforeAll
    static void start() {
        var local = ConfigFactory.parseString("pekko.actor.provider = local, pekko.loglevel = OFF")
                .withFallback(ConfigFactory.load());
        system = ActorSystem.create(Behaviors.empty(), "dlq", local);
        http = NodeHttp.start(system, NODE, 0);
    }

    @AfterAll
    static void stop() {
        http.close();
        system.terminate();
    }

    @BeforeEach
    void forget() {
        NODE.sent().clear();
    }

    private static String[] words(String... words) {
        return Stream.concat(Stream.of("dlq"), Stream.concat(Arrays.stream(words), Stream.of("--node", http.address())))
                .toArray(String[]::new);
    }

    private static Typed type(String... words) {
        return Typed.type(words(words));
    }

    @Test
    void rejectedRecordsAreListed() {
        assertThat(type("list", "--reason", "rc-1003", "--partition", "3")).isEqualTo(new Typed(Exit.FINE, """
            source             kafka_time            reason   bytes  detail
            transactions/3/17  2025-01-06T08:30:00Z  RC-1003      2  neither JSON nor Avro
            1 row, batch 7
            """, ""));
        assertThat(type("list", "-o", "name").out()).isEqualTo("transactions/3/17\n");
    }

    @Test
    void whatIsAskedForStandsInTheQuery() {
        assertThat(RejectedSql.list("1003", 3, 5))
                .contains("WHERE reason = 'RC-1003' AND \"partition\" = 3 ")
                .endsWith("LIMIT 5");
        assertThat(RejectedSql.list(null, null, 20)).doesNotContain("WHERE");
        assertThat(type("list", "--reason", "'; drop").err())
                .isEqualTo("riskcluster: there is no reason ''; drop'; see 'riskcluster explain'\n");
        assertThat(type("list", "-n", "1001").err()).isEqualTo("riskcluster: -n is 1001, allowed: 1 to 1000\n");
    }

    @Test
    void aRejectedRecordIsShownWithItsBytesAndWhatToDo() {
        var shown = type("show", "transactions/3/17");

        assertThat(shown.status()).isZero();
        assertThat(shown.out())
                .contains("meaning     the bytes are neither JSON nor Avro of a known schema\n")
                .contains("key         u1\n", "value       0xff00\n", "name   value\ntrace  ab\n");
        assertThat(type("show", "transactions/3/16"))
                .isEqualTo(new Typed(
                        Exit.UNWELL,
                        "",
                        "riskcluster: there is no rejected record transactions/3/16; it may have been accepted, or not"
                                + " be committed yet (see 'riskcluster dlq list')\n"));
        assertThat(type("show", "3:17").status()).isEqualTo(Exit.USAGE);
        assertThat(type("show", "3:17").err()).contains("allowed: topic/partition/offset");
    }

    @Test
    void aRetrySendsEachOnceAndTellsWhatBecameOfIt() {
        var retried = type("retry", "--yes", "transactions/3/17", "transactions/3/18", "transactions/3/17");

        assertThat(retried.status()).isEqualTo(Exit.UNWELL);
        assertThat(retried.out()).isEqualTo("""
            retry of           source              disposition  band    points  reason   detail
            transactions/3/17  transactions/2/119  decided      MEDIUM  30
            transactions/3/18  transactions/3/120  rejected                     RC-1003  still no JSON
            """);
        assertThat(NODE.sent()).containsExactly("transactions/3/17", "transactions/3/18");
        assertThat(type("retry", "-y", "transactions/3/17").status()).isZero();
        assertThat(type("retry", "-y", "transactions/3/16").err())
                .isEqualTo("riskcluster: batch 7 holds no rejected record transactions/3/16\n");
    }

    @Test
    void aDryRunShowsAndSendsNothing() {
        var shown = type("retry", "--dry-run", "transactions/3/17");

        assertThat(shown.status()).isZero();
        assertThat(shown.out()).contains("transactions/3/17  2025-01-06T08:30:00Z  RC-1003  neither JSON nor Avro");
        assertThat(NODE.sent()).isEmpty();
    }

    @Test
    void withoutAPersonOrAYesNothingIsSent() {
        assertThat(type("retry", "transactions/3/17"))
                .isEqualTo(new Typed(
                        Exit.USAGE,
                        "",
                        "riskcluster: nothing was done: give --yes where nobody can be asked, or --dry-run to see what"
                                + " it is\n"));
        assertThat(NODE.sent()).isEmpty();
    }

    @Test
    void aPersonIsAskedAndOnlyYesSends() {
        assertThat(typeAtTerminal("no\n", "retry", "transactions/3/17")).endsWith("[y/N] nothing is sent\n");
        assertThat(typeAtTerminal("", "retry", "transactions/3/17")).endsWith("nothing is sent\n");
        assertThat(NODE.sent()).isEmpty();

        assertThat(typeAtTerminal("Y\n", "retry", "transactions/3/17"))
                .startsWith("Send 1 rejected records to the input again? [y/N] ")
                .contains("decided");
        assertThat(NODE.sent()).containsExactly("transactions/3/17");
    }

    private static String typeAtTerminal(String answer, String... words) {
        var in = System.in;
        var out = new ByteArrayOutputStream();
        try {
            System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
            var stream = new PrintStream(out, true, StandardCharsets.UTF_8);
            CommandTree.run(new Screen(stream, stream, true, false), words(words));
            return out.toString(StandardCharsets.UTF_8);
        } finally {
            System.setIn(in);
        }
    }
}
