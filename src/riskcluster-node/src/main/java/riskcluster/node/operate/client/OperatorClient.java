package riskcluster.node.operate.client;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.Frame;
import riskcluster.node.operate.protocol.FrameRefused;
import riskcluster.node.operate.protocol.Wire;
import riskcluster.node.terminal.Access;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OperatorAddress;

/** A connection to a node: what it has told of its commands, and one run of a command after the other. */
public final class OperatorClient implements AutoCloseable {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(3);
    /** A node shows every 10 seconds that an endless command lives. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(30);

    private final OperatorAddress address;
    private final Socket socket;
    private final DataInputStream in;
    private final Frame.Learn learnt;
    private long runs;

    private OperatorClient(OperatorAddress address, Socket socket) throws IOException {
        this.address = address;
        this.socket = socket;
        this.in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        var token = address.access().token(address.host(), socket instanceof SSLSocket);
        if (token.isPresent()) {
            write(new Frame.Token(token.get()));
        }
        write(new Frame.Hello(Frame.PROTOCOL, "riskcluster"));
        this.learnt = switch (read(CONNECT_MAX)) {
            case Frame.Learn learn -> learn;
            default -> throw new FrameRefused("it does not tell its commands");
        };
    }

    /**
     * Connects and learns.
     *
     * @throws CommandFailed where no node answers
     */
    public static OperatorClient connect(OperatorAddress address) {
        var socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            var host = address.host().replaceAll("^\\[|]$", "");
            socket.connect(new InetSocketAddress(host, address.port()), (int) CONNECT_MAX.toMillis());
            socket.setSoTimeout((int) CONNECT_MAX.toMillis());
            return new OperatorClient(address, secured(socket, host, address));
        } catch (SSLException e) {
            shut(socket);
            throw Access.untrusted(address.toString(), e);
        } catch (UnknownHostException e) {
            throw unreachable(socket, "there is no host '" + address.host() + "'", e);
        } catch (ConnectException e) {
            throw unreachable(socket, "no node listens at " + address, e);
        } catch (SocketTimeoutException e) {
            throw unreachable(socket, "the node at " + address + " does not answer", e);
        } catch (FrameRefused e) {
            throw unreachable(
                    socket,
                    "what answers at " + address + " is no RiskCluster node"
                            + (address.access().authority().isEmpty() ? ", or one that wants TLS (--ca)" : ""),
                    e);
        } catch (IOException e) {
            throw unreachable(socket, "the node at " + address + " broke off", e);
        } catch (CommandFailed e) {
            shut(socket);
            throw e;
        }
    }

    private static Socket secured(Socket socket, String host, OperatorAddress address) throws IOException {
        var trust = address.access().trust();
        if (trust.isEmpty()) {
            return socket;
        }
        var secured = (SSLSocket) trust.get().getSocketFactory().createSocket(socket, host, address.port(), true);
        var parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS"); // the certificate is for this very host
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static CommandFailed unreachable(Socket socket, String what, IOException cause) {
        shut(socket);
        return new CommandFailed(
                Exit.UNREACHABLE,
                what + "; start one with 'riskcluster dev' or name another: riskcluster HOST:PORT ...",
                cause);
    }

    /** Where it is connected to. */
    OperatorAddress address() {
        return address;
    }

    /** Who answers, and every command that it knows. */
    public Frame.Learn learnt() {
        return learnt;
    }

    /** The command goes on until it is cancelled. */
    boolean isEndless(List<String> words) {
        return page(words).filter(CommandPage::endless).isPresent();
    }

    /** The page of the command that the words begin with. */
    Optional<CommandPage> page(List<String> words) {
        return words.size() < 2
                ? Optional.empty()
                : learnt.palettes().stream()
                        .filter(palette -> palette.name().equals(words.getFirst()))
                        .findFirst()
                        .flatMap(palette -> palette.command(words.get(1)));
    }

    /**
     * Runs a command to its end.
     *
     * @param answerMax until its end; a command without an end may only not be silent
     * @param line takes each line of its output
     * @throws CommandFailed where the node is gone, or does not end in time
     */
    public Frame.End run(List<String> words, boolean json, Duration answerMax, Consumer<String> line) {
        var endless = isEndless(words);
        var until = System.nanoTime() + answerMax.toNanos();
        var id = nextRun();
        try {
            write(new Frame.Run(id, words, json));
            while (true) {
                var left = endless ? SILENCE_MAX : Duration.ofNanos(until - System.nanoTime());
                switch (read(left)) {
                    case Frame.Output output
                    when output.id() == id -> output.lines().forEach(line);
                    case Frame.End end
                    when end.id() == id -> {
                        return end;
                    }
                    default -> throw new FrameRefused("it answers what was not asked");
                }
            }
        } catch (SocketTimeoutException e) {
            throw endless
                    ? gone("the node at " + address + " has fallen silent", e)
                    : new CommandFailed(
                            Exit.TIMEOUT,
                            "no answer from " + address + " within " + answerMax.toSeconds()
                                    + " s; what was asked may still happen",
                            e);
        } catch (IOException e) {
            throw gone("connection to host terminated.", e);
        }
    }

    private synchronized long nextRun() {
        return ++runs;
    }

    private static CommandFailed gone(String what, IOException cause) {
        return new CommandFailed(Exit.UNREACHABLE, what, cause);
    }

    /** Ends the command that runs; called while another thread waits for it. */
    public synchronized void cancel() {
        try {
            write(new Frame.Cancel(runs));
        } catch (IOException e) {
            shut(socket); // whoever waits is told so
        }
    }

    private Frame read(Duration max) throws IOException {
        if (max.isNegative() || max.isZero()) {
            throw new SocketTimeoutException("no time left");
        }
        socket.setSoTimeout((int) Math.max(1, max.toMillis()));
        var frame = Wire.read(in, Wire.ANSWER_BYTES_MAX).orElseThrow(() -> new IOException("it has ended"));
        if (frame instanceof Frame.Refused(var message)) {
            // with a number it is an answer about the one who asks, not about the node
            var status = message.startsWith("RC-") ? Exit.UNWELL : Exit.UNREACHABLE;
            throw new CommandFailed(status, address + " refuses: " + message);
        }
        return frame;
    }

    private synchronized void write(Frame frame) throws IOException {
        Wire.write(socket.getOutputStream(), frame);
    }

    @Override
    public void close() {
        shut(socket);
    }

    private static void shut(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new IllegalStateException("a socket that is of no use cannot be closed", e);
        }
    }
}
