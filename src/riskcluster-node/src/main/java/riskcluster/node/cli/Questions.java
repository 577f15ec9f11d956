package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Rows;
import riskcluster.node.terminal.Screen;

/** The commands that ask a running node one thing and print its answer. */
final class Questions {

    private Questions() {}

    @Command(name = "customer", description = "A customer's live profile.")
    static final class Customer {
        private final Screen screen;

        Customer(Screen screen) {
            this.screen = screen;
        }

        @Command(
                name = "show",
                description = "Shows what is remembered of a customer now, by his user id.",
                footer = {
                    "",
                    "Examples:",
                    "  riskcluster customer show u00000042",
                    "  riskcluster customer show 596 -o json"
                })
        int show(@Mixin Connection connection, @Parameters(paramLabel = "ID", description = "User id.") String id) {
            ask(screen, connection, "user_id", node -> node.about("/v1/customers", id));
            return Exit.FINE;
        }
    }

    @Command(name = "decision", description = "A committed decision.")
    static final class Decision {
        private final Screen screen;

        Decision(Screen screen) {
            this.screen = screen;
        }

        @Command(
                name = "show",
                description = "Shows the committed decision about a transaction, with its reasons.",
                footer = {
                    "",
                    "Examples:",
                    "  riskcluster decision show t1cd88a7447d3e790",
                    "  riskcluster decision show 1234 -o json"
                })
        int show(
                @Mixin Connection connection,
                @Parameters(paramLabel = "TRANSACTION_ID", description = "Transaction id.") String id) {
            ask(screen, connection, "transaction_id", node -> node.about("/v1/decisions", id));
            return Exit.FINE;
        }
    }

    @Command(name = "table", description = "The tables of the lake.")
    static final class Table {
        private final Screen screen;

        Table(Screen screen) {
            this.screen = screen;
        }

        @Command(
                name = "list",
                description = "Lists the tables with rows, files and bytes at the newest batch.",
                footer = {"", "Examples:", "  riskcluster table list", "  riskcluster table list -o json"})
        int list(@Mixin Connection connection) {
            ask(screen, connection, "name", node -> node.get("/v1/tables"));
            return Exit.FINE;
        }

        @Command(
                name = "show",
                description = "Shows one table with its columns.",
                footer = {"", "Examples:", "  riskcluster table show silver.transactions"})
        int show(
                @Mixin Connection connection,
                @Parameters(paramLabel = "NAME", description = "namespace.name") String name) {
            ask(screen, connection, "name", node -> node.about("/v1/tables", name));
            return Exit.FINE;
        }
    }

    @Command(
            name = "send",
            description = "Sends one transaction and prints the decision with its reasons. Status 1 if it is rejected.",
            footer = {
                "",
                "Examples:",
                "  riskcluster send '{\"transaction_id\":\"t1\",\"user_id\":\"u1\",\"amount\":6000,"
                        + "\"timestamp\":\"2025-01-06T08:30:00Z\"}'",
                "  riskcluster send - < transaction.json"
            })
    static final class Send implements Callable<Integer> {
        private final Screen screen;

        @Mixin
        private Connection connection = new Connection();

        @Parameters(paramLabel = "JSON", description = "The transaction, or - to read it from standard input.")
        private String json = "";

        Send(Screen screen) {
            this.screen = screen;
        }

        @Override
        public Integer call() throws IOException {
            var body = json.equals("-") ? System.in.readAllBytes() : json.getBytes(StandardCharsets.UTF_8);
            var decision = ask(screen, connection, "transaction_id", node -> node.post("/v1/transactions", body));
            return decision.path("disposition").asText().equals("rejected") ? Exit.UNWELL : Exit.FINE;
        }
    }

    @Command(
            name = "sql",
            description = "Asks the tables of one batch, the newest if none is named: all of them as they were at one"
                    + " commit. Read-only.",
            footer = {
                "",
                "Examples:",
                "  riskcluster sql \"select band, count(*) from silver.transactions group by band\"",
                "  riskcluster sql \"select * from bronze.rejected limit 5\" -o json",
                "  riskcluster sql --at 2026-01-06T10:00:00Z \"select count(*) from silver.transactions\"",
                "  riskcluster sql --at day-2026-01-06 \"select count(*) from silver.transactions\""
            })
    static final class Sql implements Callable<Integer> {
        private final Screen screen;

        @Mixin
        private Connection connection = new Connection();

        @Option(
                names = "--at",
                paramLabel = "BATCH",
                description = "Another batch than the newest: its number, the id of a snapshot, a tag, or a time, which"
                        + " stands for the newest batch of then (a day: of its end, UTC).")
        private @Nullable String at;

        @Parameters(paramLabel = "QUERY", description = "One select.")
        private String query = "";

        Sql(Screen screen) {
            this.screen = screen;
        }

        @Override
        public Integer call() throws IOException {
            var batch = at;
            var body = NodeClient.JSON.writeValueAsBytes(
                    batch == null ? Map.of("sql", query) : Map.of("sql", query, "at", batch));
            var node = connection.open();
            new Printer(screen, connection.output()).printQuery(node.post("/v1/sql", body));
            return Exit.FINE;
        }
    }

    private static JsonNode ask(
            Screen screen, Connection connection, String name, Function<NodeClient, JsonNode> question) {
        var node = connection.open();
        var answer = question.apply(node);
        new Printer(screen, connection.output()).print(answer, Rows.named(name));
        return answer;
    }
}
