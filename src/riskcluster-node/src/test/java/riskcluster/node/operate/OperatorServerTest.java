package riskcluster.node.operate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import riskcluster.node.operate.client.OperatorClient;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.operate.protocol.Frame;
import riskcluster.node.operate.protocol.Wire;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;

/** What a server does with clients that do not behave, and with commands that do not. */
class OperatorServerTest {
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Limits SHORT = new Limits(
            2, Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofMillis(1_500), Duration.ofMillis(400));
    private static final Limits LONG = Limits.standard();

    private final CountDownLatch interrupted = new CountDownLatch(1);
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
    }

    private OperatorAddress serve(Limits limits) {
        var server =
                OperatorServer.bind("127.0.0.1", 0, "test", List.of(new Palette("try", "Tries.", commands())), limits);
        open.add(server);
        return OperatorAddress.parse(server.address()).orElseThrow();
    }

    private List<Command> commands() {
        return List.of(
                new Command(
                        CommandPage.looks("many", "Says much."),
                        (arguments, answer) -> answer.show(
                                List.of(),
                                () -> IntStream.range(0, 20_000)
                                        .mapToObj(i -> "line " + i + " " + "x".repeat(200))
                                        .toList())),
                new Command(CommandPage.looks("wait", "Waits."), (arguments, answer) -> waitForEver()),
                new Command(CommandPage.follows("follow", "Follows."), (arguments, answer) -> {
                    answer.live();
                    answer.follow(List.of("begun"), () -> "begun");
                    waitForEver();
                }),
                new Command(CommandPage.looks("break", "Breaks."), (arguments, answer) -> {
                    throw new IllegalArgumentException("a bug");
                }));
    }

    private void waitForEver() throws InterruptedException {
        try {
            new CountDownLatch(1).await();
        } finally {
            interrupted.countDown();
        }
    }

    private OperatorClient client(OperatorAddress address) {
        var client = OperatorClient.connect(address);
        open.add(client);
        return client;
    }

    private static Frame.End run(OperatorClient client, List<String> lines, String... words) {
        return client.run(List.of(words), false, SOON, lines::add);
    }

    private static Frame.End run(OperatorClient client, String... words) {
        return run(client, new ArrayList<>(), words);
    }

    @Test
    void aLongAnswerComesWhole() {
        var lines = new ArrayList<String>();

        var end = run(client(serve(LONG)), lines, "try", "many");

        assertThat(end.ending()).isEqualTo(Ending.FINE);
        assertThat(lines).hasSize(20_000).last().asString().startsWith("line 19999 ");
    }

    @Test
    void aCommandThatTakesTooLongIsGivenUpAndTheNextOneRuns() throws InterruptedException {
        var client = client(serve(SHORT));

        assertThat(run(client, "try", "wait").ending()).isEqualTo(Ending.TIMEOUT);
        interrupted.await();
        assertThat(run(client, "try", "nothing").ending()).isEqualTo(Ending.USAGE);
    }

    @Test
    void aClientThatWaitsNoLongerEndsWithStatus124() {
        var client = client(serve(LONG));

        assertThatThrownBy(() -> client.run(List.of("try", "wait"), false, Duration.ofMillis(200), line -> {}))
                .isInstanceOf(CommandFailed.class)
                .extracting(failure -> ((CommandFailed) failure).status())
                .isEqualTo(Exit.TIMEOUT);
    }

    @Test
    void aBugOfACommandIsToldAndEndsNothingElse() {
        var client = client(serve(LONG));

        var end = run(client, "try", "break");

        assertThat(end.ending()).isEqualTo(Ending.FAILED);
        assertThat(end.message()).contains("a bug", "log");
        assertThat(run(client, "try", "many").ending()).isEqualTo(Ending.FINE);
    }

    @Test
    void anEndlessCommandOutlivesTheLimitsAndEndsWhenItIsCancelled() throws InterruptedException {
        var address = serve(SHORT);
        var client = client(address);

        var end = client.run(List.of("try", "follow"), true, SOON, line -> {
            assertThat(line).isEqualTo("[\"begun\"]");
            // What began later than this, and has an end, has taken too long by now.
            assertThat(run(client(address), "try", "wait").ending()).isEqualTo(Ending.TIMEOUT);
            client.cancel();
        });

        assertThat(end.ending()).isEqualTo(Ending.FINE);
        interrupted.await();
    }

    @Test
    void aClientThatGoesEndsWhatItRan() throws Exception {
        var address = serve(LONG);
        try (var socket = greeted(address)) {
            Wire.write(socket.getOutputStream(), new Frame.Run(1, List.of("try", "wait"), false));
        }
        interrupted.await();
    }

    @Test
    void aServerThatClosesEndsWhatHasNoEnd() {
        var address = serve(LONG);
        var client = client(address);

        assertThatThrownBy(() -> client.run(List.of("try", "follow"), false, SOON, line -> closeServer()))
                .isInstanceOf(CommandFailed.class)
                .hasMessage("connection to host terminated.");
    }

    private void closeServer() {
        try {
            open.getFirst().close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void bytesThatAreNoFrameAreRefusedAndHarmNobody() throws IOException {
        var address = serve(LONG);

        assertThat(answer(address, "GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII)))
                .contains("a frame of 1195725856 bytes, allowed: 1 to 65536");
        assertThat(answer(address, frame("{\"type\":\"hello\""))).contains("a frame that is not understood");
        assertThat(answer(address, frame("{\"type\":\"nonsense\"}"))).contains("not understood");
        assertThat(answer(address, frame("{\"type\":\"hello\"}"))).contains("not understood", "protocol");
        assertThat(answer(address, frame("null"))).contains("says nothing");
        assertThat(answer(address, new byte[] {-1, -1, -1, -1, 0})).contains("a frame of 4294967295 bytes");
        assertThat(answer(address, new byte[] {0, 0, 0, 0})).contains("a frame of 0 bytes");
        assertThat(answer(address, frame("[".repeat(5_000)))).contains("not understood");

        assertThat(run(client(address), "try", "many").ending()).isEqualTo(Ending.FINE);
    }

    @Test
    void whoSaysNoHelloOrAnotherProtocolIsRefused() throws IOException {
        var address = serve(LONG);

        assertThat(answer(address, Wire.bytes(new Frame.Run(1, List.of("try", "many"), false))))
                .contains("a client says hello first");
        assertThat(answer(address, Wire.bytes(new Frame.Hello(7, "later"))))
                .contains("this node speaks protocol 1, the client 7");
        try (var socket = greeted(address)) {
            Wire.write(socket.getOutputStream(), new Frame.Hello(1, "again"));
            assertThat(refusal(socket)).contains("a client says run or cancel");
        }
    }

    @Test
    void fieldsOfALaterVersionArePassedOver() throws IOException {
        try (var socket = new Socket("127.0.0.1", serve(LONG).port())) {
            socket.getOutputStream().write(frame("{\"type\":\"hello\",\"protocol\":1,\"client\":\"x\",\"more\":[1]}"));
            assertThat(Wire.read(new DataInputStream(socket.getInputStream()), Wire.ANSWER_BYTES_MAX))
                    .get()
                    .isInstanceOf(Frame.Learn.class);
        }
    }

    @Test
    void oneClientTooManyIsToldSo() {
        var address = serve(new Limits(1, SOON, SOON, SOON, SOON));
        client(address);

        assertThatThrownBy(() -> OperatorClient.connect(address))
                .isInstanceOf(CommandFailed.class)
                .hasMessageContaining("this node serves 1 operators already");
    }

    @Test
    void whoStopsWithinAFrameOrBeforeItIsCutOff() throws IOException {
        var address = serve(SHORT);

        try (var silent = new Socket("127.0.0.1", address.port());
                var halved = new Socket("127.0.0.1", address.port())) {
            halved.getOutputStream().write(new byte[] {0, 0, 1});
            assertThat(silent.getInputStream().read()).isNegative();
            assertThat(halved.getInputStream().read()).isNegative();
        }
        try (var idle = greeted(address)) {
            assertThat(idle.getInputStream().read()).isNegative();
        }
    }

    @Test
    void whoReadsNothingIsCutOff() throws Exception {
        try (var socket = greeted(serve(SHORT))) {
            socket.setReceiveBufferSize(1_024);
            assertThatThrownBy(() -> {
                        for (var i = 0; ; i++) {
                            Wire.write(socket.getOutputStream(), new Frame.Run(i, List.of("try", "many"), false));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void aTakenPortIsNamed() {
        var taken = serve(LONG);

        assertThatThrownBy(() -> OperatorServer.bind("127.0.0.1", taken.port(), "test", List.of(), LONG))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("127.0.0.1:" + taken.port() + " cannot be listened at");
    }

    private static Socket greeted(OperatorAddress address) throws IOException {
        var socket = new Socket("127.0.0.1", address.port());
        Wire.write(socket.getOutputStream(), new Frame.Hello(Frame.PROTOCOL, "test"));
        Wire.read(new DataInputStream(socket.getInputStream()), Wire.ANSWER_BYTES_MAX);
        return socket;
    }

    private static byte[] frame(String json) {
        var bytes = json.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(4 + bytes.length)
                .putInt(bytes.length)
                .put(bytes)
                .array();
    }

    private static String answer(OperatorAddress address, byte[] bytes) throws IOException {
        try (var socket = new Socket("127.0.0.1", address.port())) {
            socket.getOutputStream().write(bytes);
            return refusal(socket);
        }
    }

    private static String refusal(Socket socket) throws IOException {
        var frame = Wire.read(new DataInputStream(socket.getInputStream()), Wire.ANSWER_BYTES_MAX);
        assertThat(frame).get().isInstanceOf(Frame.Refused.class);
        return ((Frame.Refused) frame.orElseThrow()).message();
    }
}
