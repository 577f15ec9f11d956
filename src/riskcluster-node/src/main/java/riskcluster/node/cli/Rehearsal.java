package riskcluster.node.cli;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.Ending;
import riskcluster.node.operate.protocol.Frame;
import riskcluster.node.operate.protocol.OptionPage;
import riskcluster.node.operate.protocol.PalettePage;
import riskcluster.node.operate.protocol.Wire;
import riskcluster.node.terminal.Screen;

/**
 * A program that asks as commands do, by both interfaces, and answers itself. What it loads is what commands load: the
 * launchers run it once for an archive of classes (CDS), so that commands start fast.
 */
public final class Rehearsal {

    private static final int QUESTIONS_MAX = 8;
    private static final byte[] JSON = "[{\"name\":\"bronze.transactions\",\"batch\":1,\"rows\":2.5,\"tag\":null}]"
            .getBytes(StandardCharsets.UTF_8);

    private Rehearsal() {}

    public static void main(String[] arguments) throws IOException {
        System.exit(run());
    }

    private static int run() throws IOException {
        try (var node = new ServerSocket(0, QUESTIONS_MAX, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> answerAll(node));
            var nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
            var screen = new Screen(nowhere, nowhere, false, false);
            var address = "127.0.0.1:" + node.getLocalPort();
            return CommandTree.run(screen, address, "cluster", "show")
                    + CommandTree.run(screen, "table", "list", "--node", "http://" + address)
                    + CommandTree.run(screen, "table", "list", "--node", "http://" + address, "-o", "yaml")
                    + CommandTree.run(screen, "explain", "RC-1003")
                    + CommandTree.run(screen, "context", "ls")
                    + CommandTree.run(screen, "--help")
                    + CommandTree.run(screen, "cluster", "--help");
        }
    }

    private static void answerAll(ServerSocket node) {
        for (int i = 0; i < QUESTIONS_MAX; i++) {
            try (var socket = node.accept()) {
                answer(socket);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }

    /** A frame begins with the zero of its length, HTTP with a letter. */
    private static void answer(Socket socket) throws IOException {
        var in = new BufferedInputStream(socket.getInputStream());
        in.mark(1);
        int first = in.read();
        in.reset();
        if (first == 0) {
            answerFrames(new DataInputStream(in), socket.getOutputStream());
        } else {
            answerHttp(in, socket.getOutputStream());
        }
    }

    private static void answerFrames(DataInputStream in, OutputStream out) throws IOException {
        for (var frame = Wire.read(in, Wire.REQUEST_BYTES_MAX);
                frame.isPresent();
                frame = Wire.read(in, Wire.REQUEST_BYTES_MAX)) {
            switch (frame.get()) {
                case Frame.Hello hello -> Wire.write(out, new Frame.Learn(Frame.PROTOCOL, "nobody", palettes()));
                case Frame.Run run -> {
                    Wire.write(out, new Frame.Output(run.id(), List.of("a line")));
                    Wire.write(out, new Frame.End(run.id(), Ending.FINE, ""));
                }
                default -> throw new IOException("not asked in a rehearsal: " + frame.get());
            }
        }
    }

    private static List<PalettePage> palettes() {
        var show = CommandPage.looks("show", "Shows.", OptionPage.of("-s", "--status", "STATUS", "Only these.", "up"));
        return List.of(new PalettePage("cluster", "The cluster.", List.of(show)));
    }

    private static void answerHttp(BufferedInputStream in, OutputStream out) throws IOException {
        int newlines = 0; // the request ends with an empty line
        while (newlines < 2) {
            int read = in.read();
            if (read < 0) {
                return;
            }
            newlines = read == '\n' ? newlines + 1 : read == '\r' ? newlines : 0;
        }
        out.write(("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: " + JSON.length
                        + "\r\nconnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.write(JSON);
        out.flush();
    }
}
