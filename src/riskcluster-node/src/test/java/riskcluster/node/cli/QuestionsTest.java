package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static riskcluster.node.cli.Typed.type;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import riskcluster.node.embedded.FreePort;
import riskcluster.node.http.FakeNode;
import riskcluster.node.http.NodeHttp;
import riskcluster.node.terminal.Exit;

class QuestionsTest {
    private static ActorSystem<Void> system;
    private static NodeHttp http;

    @BeforeAll
    static void start() {
        var local = ConfigFactory.parseString("pekko.actor.provider = local, pekko.loglevel = OFF")
                .withFallback(ConfigFactory.load());
        system = ActorSystem.create(Behaviors.empty(), "cli", local);
        http = NodeHttp.start(system, new FakeNode(), 0);
    }

    @AfterAll
    static void stop() {
        http.close();
        system.terminate();
    }

    @Test
    void aCustomerIsShownWithHisWindows() {
        assertThat(type("customer", "show", "u 1", "--node", http.address()))
                .isEqualTo(fine("""
                    user id           u 1
                    partition         2
                    last offset       119
                    newest event time 2025-01-06T08:30:00Z
                    held              4

                    windows:
                    window  count   sum  average
                    30m         2  10.5     5.25
                    """.replace("user id           ", "user id            ")
                        .replace("partition         ", "partition          ")
                        .replace("last offset       ", "last offset        ")
                        .replace("newest event time ", "newest event time  ")
                        .replace("held              ", "held               ")));
    }

    @Test
    void aDecisionIsShownWithItsReasons() {
        var shown = type("decision", "show", FakeNode.DECIDED, "--node", http.address());

        assertThat(shown.status()).isZero();
        assertThat(shown.out()).contains("band            MEDIUM\n").contains("""
            fired rules:
            rule         points  observed
            high_amount      30    6000.5
            """);
    }

    @Test
    void maintenanceShowsHowFitTheTablesAreAndWhatWasDone() {
        var status = type("maintenance", "status", "--node", http.address());
        var history = type("maintenance", "history", "--last", "2", "--node", http.address());

        assertThat(status.status()).isZero();
        assertThat(status.out()).contains("silver.transactions").contains("manifests");
        assertThat(history.status()).isZero();
        assertThat(history.out().lines().filter(line -> line.contains("compaction")))
                .hasSize(2);
    }

    @Test
    void aMaintenanceThatFailedEndsWithStatus1() {
        var run = type("maintenance", "run", "--node", http.address());

        assertThat(run.status()).isEqualTo(Exit.UNWELL);
        assertThat(run.out()).contains("failed").contains("gone");
    }

    @Test
    void aHistoryHasBounds() {
        var refused = type("maintenance", "history", "--last", "501", "--node", http.address());

        assertThat(refused.status()).isNotZero();
        assertThat(refused.err()).contains("last is 501, allowed: 1 to 500");
    }

    @Test
    void aRejectedTransactionEndsWithStatus1AndItsReason() {
        assertThat(type("send", "{\"transaction_id\":\"t1\"}", "--node", http.address())
                        .status())
                .isZero();

        var rejected = type("send", "{}", "--node", http.address());

        assertThat(rejected.status()).isEqualTo(Exit.UNWELL);
        assertThat(rejected.out()).contains("RC-1005", "transaction_id is missing");
    }

    @Test
    void rowsOfAQueryAreATableOrJson() throws IOException {
        assertThat(type("sql", "select 1", "--node", http.address())).isEqualTo(fine("""
            band  n  note
            HIGH  3  null
            1 row, batch 7
            """));

        var json = type("sql", "select 1", "--node", http.address(), "-o", "json");

        assertThat(new ObjectMapper().readTree(json.out()).at("/rows/0/1").intValue())
                .isEqualTo(3);
    }

    @Test
    void rowsAreGivenInEveryForm() {
        var address = http.address();

        assertThat(type("table", "list", "-o", "name", "--node", address)).isEqualTo(fine("silver.transactions\n"));
        assertThat(type("table", "list", "-o", "jsonl", "--node", address).out())
                .startsWith("{\"name\":\"silver.transactions\",\"batch\":7,")
                .hasLineCount(1);
        assertThat(type("table", "list", "-o", "YAML", "--node", address).out())
                .startsWith("- name: silver.transactions\n");
        assertThat(type("table", "list", "-o", "wide", "--node", address).out())
                .contains("columns")
                .contains("[]");
        assertThat(type("sql", "select 1", "-o", "jsonl", "--node", address))
                .isEqualTo(fine("{\"band\":\"HIGH\",\"n\":3,\"note\":null}\n"));
        assertThat(type("maintenance", "status", "-o", "name", "--node", address))
                .isEqualTo(fine("silver.transactions\n"));
        assertThat(type("customer", "show", "u 1", "-o", "name", "--node", address))
                .isEqualTo(fine("u 1\n"));
        assertThat(type("decision", "show", FakeNode.DECIDED, "-o", "name", "--node", address))
                .isEqualTo(fine("t1\n"));
        assertThat(type("alerts", "tail", "-n", "1", "-o", "name", "--node", address))
                .isEqualTo(fine("t1\n"));
    }

    @Test
    void anAnswerThatDoesNotComeInTimeEndsWithStatus124() throws IOException {
        try (var silent = new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            var address = "http://127.0.0.1:" + silent.getLocalPort();

            assertThat(type("table", "list", "--timeout", "1", "--node", address))
                    .isEqualTo(new Typed(
                            Exit.TIMEOUT,
                            "",
                            "riskcluster: no answer from " + address
                                    + " within 1 s; what was asked may still happen, and --timeout SECONDS waits"
                                    + " longer\n"));
        }
        assertThat(type("table", "list", "--timeout", "0").err()).contains("allowed: 1 to 99999 seconds");
        assertThat(type("sql", "select sleep", "--node", http.address()))
                .isEqualTo(new Typed(Exit.TIMEOUT, "", "riskcluster: the query took more than 30 seconds\n"));
    }

    @Test
    void tablesAreListedAndShown() {
        assertThat(type("table", "list", "--node", http.address()).out()).isEqualTo("""
            name                 batch  rows  files  bytes
            silver.transactions      7  1000      3  50000
            """);
        assertThat(type("table", "show", "silver.transactions", "--node", http.address())
                        .out())
                .contains("points  int   Sum of the fired rules' points");
    }

    @Test
    void alertsAreFollowedUntilThereAreEnough() {
        var tail = type("alerts", "tail", "-n", "1", "--from-start", "-o", "json", "--node", http.address());

        assertThat(tail).isEqualTo(fine("{\"transaction_id\":\"t1\",\"from_start\":true}\n"));
    }

    @Test
    void whatIsNotThereEndsWithStatus1AndOneSentence() {
        assertThat(type("customer", "show", "u2", "--node", http.address()))
                .isEqualTo(new Typed(Exit.UNWELL, "", "riskcluster: no partition knows the customer u2\n"));
    }

    @Test
    void aQueryOfABatchThatIsNotKeptEndsWithStatus1AndWhatThereIs() {
        assertThat(type("sql", "select 1", "--at", "17", "--node", http.address()))
                .isEqualTo(new Typed(Exit.UNWELL, "", "riskcluster: no batch that is kept is called 17\n"));
    }

    @Test
    void aQueryThatIsNoneEndsWithStatus2() {
        assertThat(type("sql", "drop table x", "--node", http.address()))
                .isEqualTo(new Typed(Exit.USAGE, "", "riskcluster: only queries are allowed\n"));
    }

    @Test
    void withoutANodeTheStatusIs3AndTheSentenceSaysWhatToStart() {
        var nobody = "http://127.0.0.1:" + FreePort.from(0);

        assertThat(type("table", "list", "--node", nobody))
                .isEqualTo(new Typed(
                        Exit.UNREACHABLE,
                        "",
                        "riskcluster: no node listens at " + nobody
                                + "; start one with 'riskcluster dev' or name another with --node URL\n"));
    }

    @Test
    void wrongUsageEndsWithStatus2AndPointsToHelp() {
        assertThat(type("customer", "show"))
                .isEqualTo(new Typed(
                        Exit.USAGE, "", "Missing required parameter: 'ID'; see 'riskcluster customer show --help'\n"));
        assertThat(type("table").status()).isEqualTo(Exit.USAGE);
        assertThat(type("custommer", "show").err()).contains("riskcluster --help");
        assertThat(type("table", "list", "-o", "xml").err()).contains("allowed: table, wide, json, jsonl, yaml, name");
        assertThat(type("table", "list", "--node", "not an address").status()).isEqualTo(Exit.USAGE);
    }

    private static Typed fine(String out) {
        return new Typed(Exit.FINE, out, "");
    }
}
