package riskcluster.node.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/** The lines of a stream as bytes, without their ends; empty ones are left out. */
final class Lines implements Closeable {

    private static final int LINE_MAX = 16 << 20;
    private static final int PACKED_BUFFER = 1 << 16;

    private final Path file;
    private final InputStream in;
    private byte[] buffer = new byte[1 << 16];
    private int from;
    private int to;

    private Lines(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    /** The lines of a file, unpacked where its name ends in {@code .gz}. */
    static Lines of(Path file) throws IOException {
        var in = Files.newInputStream(file);
        if (!file.getFileName().toString().endsWith(".gz")) {
            return new Lines(file, in);
        }
        try {
            return new Lines(file, new GZIPInputStream(in, PACKED_BUFFER));
        } catch (IOException e) {
            in.close();
            throw new InputRefused(file, "cannot be unpacked", e);
        }
    }

    /** The next line that is not empty. */
    Optional<byte[]> next() throws IOException {
        while (true) {
            var end = lineEnd();
            if (end < 0) {
                return Optional.empty();
            }
            var last = end > from && buffer[end - 1] == '\r' ? end - 1 : end;
            var line = Arrays.copyOfRange(buffer, from, last);
            from = Math.min(end + 1, to);
            if (line.length > 0) {
                return Optional.of(line);
            }
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** The index of the line's end, or -1 where there is no more line. */
    private int lineEnd() throws IOException {
        var at = from;
        while (true) {
            for (; at < to; at++) {
                if (buffer[at] == '\n') {
                    return at;
                }
            }
            var scanned = at - from;
            if (!fill()) {
                return from < to ? to : -1;
            }
            at = from + scanned;
        }
    }

    private boolean fill() throws IOException {
        if (from > 0) {
            System.arraycopy(buffer, from, buffer, 0, to - from);
            to -= from;
            from = 0;
        }
        if (to == buffer.length) {
            if (to >= LINE_MAX) {
                throw new InputRefused(file, "a line is longer than " + LINE_MAX + " bytes");
            }
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        var read = in.read(buffer, to, buffer.length - to);
        to += Math.max(0, read);
        return read > 0;
    }
}
