package riskcluster.node.input;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.OptionalLong;

/** A file of JSON lines, sent as they are; what is wrong with a line is for the data contract to say. */
final class LinesFile implements InputFile {

    /** So many lines are looked at to learn what kind of file it is. */
    private static final int LOOKED_AT = 100;

    private final Lines lines;
    private final Deque<byte[]> ahead;
    private final ContractLines contract = new ContractLines();

    private LinesFile(Lines lines, Deque<byte[]> ahead) {
        this.lines = lines;
        this.ahead = ahead;
    }

    static InputFile open(Path file) throws IOException {
        var lines = Lines.of(file);
        try {
            var look = new LineLook();
            var ahead = lookAt(lines, look);
            look.check(file);
            if (look.isHandbook()) {
                lines.close();
                return TableFile.lines(file);
            }
            return new LinesFile(lines, ahead);
        } catch (IOException e) {
            lines.close();
            throw e;
        }
    }

    @Override
    public OptionalLong size() {
        return OptionalLong.empty();
    }

    @Override
    public boolean hasNext() {
        if (ahead.isEmpty()) {
            try {
                lines.next().ifPresent(ahead::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return !ahead.isEmpty();
    }

    @Override
    public InputRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no more lines");
        }
        return contract.record(ahead.remove());
    }

    @Override
    public void close() {
        try {
            lines.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Deque<byte[]> lookAt(Lines lines, LineLook look) throws IOException {
        var ahead = new ArrayDeque<byte[]>();
        while (!look.isDecided() && ahead.size() < LOOKED_AT) {
            var line = lines.next();
            if (line.isEmpty()) {
                break;
            }
            look.at(line.get());
            ahead.add(line.get());
        }
        return ahead;
    }
}
