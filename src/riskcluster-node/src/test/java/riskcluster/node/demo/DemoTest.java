package riskcluster.node.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.cli.CommandTree;
import riskcluster.node.embedded.FolderLock;
import riskcluster.node.operate.client.OperatorClient;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;
import riskcluster.node.terminal.Screen;

/** Everything in this process, twice: a demo, and a dev that goes on with what the demo left. */
class DemoTest {
    private static final int RECORDS = 3_000;

    @TempDir
    private Path home;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final Screen screen = screen(written);

    @Test
    void aDemoAgreesWithItsTablesAndDevGoesOnWithThem() throws Exception {
        assertThat(Demo.run(settings(Optional.empty()), screen))
                .as(() -> text(written))
                .isEqualTo(Exit.FINE);
        assertThat(text(written))
                .contains("Feeding 3,000 records of a made-up bank")
                .contains("records in              3,000")
                .contains("Every record is in bronze once")
                .contains("Try next:");

        var end = new CountDownLatch(1);
        var dev = new DevOutput(end);
        try (var thread = Executors.newVirtualThreadPerTaskExecutor()) {
            var ended =
                    thread.submit(() -> Dev.run(home.resolve("demo"), home, Ports.any(), "default", screen(dev), end));
            var http = dev.address();
            try {
                assertThat(ask(http, "/v1/tables")).contains("\"name\":\"silver.transactions\"");
                assertThat(query(http, "select count(*) from bronze.transactions_and_rejected"))
                        .contains("error");
                assertThat(query(
                                http,
                                "select (select count(*) from bronze.transactions)"
                                        + " + (select count(*) from bronze.rejected)"))
                        .contains("\"rows\":[[" + RECORDS + "]]");
                assertThat(query(http, "select x from range(1001) t(x)")).contains("\"cut\":true");
                var decided = query(http, "select transaction_id from silver.transactions where points > 0 limit 1")
                        .replaceAll(".*\\[\\[\"|\"]].*", "");
                assertThat(ask(http, "/v1/decisions/" + decided))
                        .contains(
                                "\"disposition\":\"decided\"", "\"transaction_id\":\"" + decided + "\"", "\"rule\":\"");
                assertThat(ask(http, "/v1/decisions/none'or'1'='1".replace("'", "%27")))
                        .contains("no decision about");
                aRejectedRecordIsSentAgain(http);
                assertThat(ask(http, "/metrics")).contains("# TYPE riskcluster_");
                assertThat(leave(dev.operator())).isEqualTo(Ending.FINE);
                assertThat(ended.get()).as("dev ends with its node").isEqualTo(Exit.FINE);
            } finally {
                end.countDown();
            }
        }
        assertThat(home.resolve("dev").resolve("node.json")).doesNotExist();
    }

    /** What refused it has not changed, so it is rejected again: with the bytes, the key and one header more. */
    private static void aRejectedRecordIsSentAgain(String http) {
        var sent = type("send", "{\"user_id\":\"u1\",\"transaction_id\":\"\u00e9\",\"amount\":-1}", "--node", http);
        assertThat(sent.status()).isEqualTo(Exit.UNWELL);
        var source = sent.lines()
                .filter(line -> line.startsWith("source"))
                .findFirst()
                .orElseThrow()
                .replaceAll("source +", "");
        untilCommitted(source, http);

        assertThat(type("dlq", "list", "-o", "name", "--node", http).lines()).contains(source);
        assertThat(type("dlq", "retry", "--dry-run", source, "--node", http).status())
                .isZero();
        var retried = type("dlq", "retry", "--yes", source, "-o", "jsonl", "--node", http);

        assertThat(retried.status()).isEqualTo(Exit.UNWELL);
        assertThat(retried.out()).contains("\"disposition\":\"rejected\"", "\"retry_of\":\"" + source + "\"");
        var again = retried.out().replaceAll("(?s).*\"source\":\"|\".*", "");
        untilCommitted(again, http);
        var first = type("dlq", "show", source, "-o", "json", "--node", http).out();
        var second = type("dlq", "show", again, "-o", "json", "--node", http).out();
        assertThat(second).contains("dq_retry_of", "\"value\" : \"" + source + "\"");
        assertThat(value(second)).isEqualTo(value(first)).contains("\u00e9");
        assertThat(type("dlq", "retry", "--yes", "transactions/0/999999", "--node", http)
                        .err())
                .contains("holds no rejected record transactions/0/999999");
    }

    private static String value(String json) {
        return json.lines()
                .filter(line -> line.startsWith("  \"value\"") || line.startsWith("  \"key\""))
                .toList()
                .toString();
    }

    /** A batch is committed every two seconds. */
    private static void untilCommitted(String source, String http) {
        var until = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        var shown = type("dlq", "show", source, "--node", http);
        while (shown.status() != Exit.FINE) {
            assertThat(System.nanoTime()).as(shown.err()).isLessThan(until);
            shown = type("dlq", "show", source, "--node", http);
        }
    }

    /** What a command line said. */
    private record Said(int status, String out, String err) {
        Stream<String> lines() {
            return out.lines();
        }
    }

    private static Said type(String... words) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var status = CommandTree.run(
                new Screen(
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8),
                        false,
                        false),
                words);
        return new Said(status, text(out), text(err));
    }

    @Test
    void aFolderInUseIsRefusedAndNothingIsWiped() throws IOException {
        var folder = home.resolve("demo");
        var kept = folder.resolve("kept");
        try (var held = FolderLock.of(folder)) {
            Files.writeString(kept, held.toString());

            assertThatThrownBy(() -> Demo.run(settings(Optional.empty()), screen))
                    .hasMessageContaining("is in use");
        }
        assertThat(kept).exists();
    }

    @Test
    void whatCannotBeFedIsRefusedBeforeAnythingStarts() {
        assertThatThrownBy(() -> Demo.run(settings(Optional.of(home.resolve("none.csv"))), screen))
                .hasMessageContaining("there is no such file");
        assertThat(home.resolve("demo")).doesNotExist();
    }

    private DemoSettings settings(Optional<Path> input) {
        return new DemoSettings(home, input, "default", RECORDS, 0, 42, 1_000);
    }

    private static String ask(String http, String path) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(http + path)).build(), BodyHandlers.ofString())
                    .body();
        }
    }

    private static String query(String http, String sql) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(http + "/v1/sql"))
                    .header("content-type", "application/json")
                    .POST(BodyPublishers.ofString("{\"sql\":\"" + sql + "\"}"))
                    .build();
            return client.send(request, BodyHandlers.ofString()).body();
        }
    }

    private static Ending leave(String operator) {
        try (var client = OperatorClient.connect(OperatorAddress.parse(operator).orElseThrow())) {
            return client.run(List.of("cluster", "leave"), false, Duration.ofSeconds(30), line -> {})
                    .ending();
        }
    }

    private static Screen screen(ByteArrayOutputStream bytes) {
        var out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return new Screen(out, out, false, false);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** What dev prints, and the address in it as soon as it is there. */
    private static final class DevOutput extends ByteArrayOutputStream {
        private final CountDownLatch end;
        private final CountDownLatch shown = new CountDownLatch(1);

        DevOutput(CountDownLatch end) {
            this.end = end;
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            super.write(bytes, offset, length);
            if (toString(StandardCharsets.UTF_8).contains("Not for production")) {
                shown.countDown();
            }
        }

        String address() throws InterruptedException {
            assertThat(shown.await(120, TimeUnit.SECONDS)).as("dev has started").isTrue();
            assertThat(end.getCount()).isEqualTo(1);
            return lineOf("HTTP").replaceAll(".*(http://[0-9.:]+).*", "$1");
        }

        String operator() {
            return lineOf("Operators").replaceAll(".* ([0-9.]+:[0-9]+) .*", "$1");
        }

        private String lineOf(String what) {
            return toString(StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("| " + what))
                    .findFirst()
                    .orElseThrow();
        }
    }
}
