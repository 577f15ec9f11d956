package riskcluster.node.tls;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is read from files that are replaced while a node runs, as they are now: they are looked at again once a second at
 * most. Files that cannot be used leave what was read before in force, with an error in the log: half of a replacement is
 * seen like that, and a wrong one must not lock everybody out.
 */
public final class LiveFiles<T> implements Supplier<T> {

    private static final Logger LOG = LoggerFactory.getLogger(LiveFiles.class);
    private static final long LOOK_EVERY_NANOS = Duration.ofSeconds(1).toNanos();

    private final List<Path> files;
    private final Supplier<T> reader;
    private List<Stamp> stamps;
    private T content;
    private long lookedNanos = System.nanoTime();

    private record Stamp(FileTime changed, long bytes) {}

    /**
     * Reads them for the first time.
     *
     * @param reader throws an {@code IllegalArgumentException} where they cannot be used
     * @throws IllegalArgumentException where they cannot be used
     */
    public LiveFiles(List<Path> files, Supplier<T> reader) {
        this.files = List.copyOf(files);
        this.reader = reader;
        this.stamps = stamps();
        this.content = reader.get();
    }

    @Override
    public synchronized T get() {
        if (System.nanoTime() - lookedNanos >= LOOK_EVERY_NANOS) {
            lookedNanos = System.nanoTime();
            look();
        }
        return content;
    }

    private void look() {
        var now = stamps();
        if (now.equals(stamps)) {
            return;
        }
        stamps = now;
        try {
            content = reader.get();
            LOG.info("what is in {} was replaced", files);
        } catch (IllegalArgumentException e) {
            LOG.error("{}; what was there before stays in force", e.getMessage());
        }
    }

    private List<Stamp> stamps() {
        var all = new ArrayList<Stamp>();
        for (var file : files) {
            try {
                all.add(new Stamp(Files.getLastModifiedTime(file), Files.size(file)));
            } catch (IOException e) {
                all.add(new Stamp(FileTime.fromMillis(0), -1)); // away for a moment while it is replaced
            }
        }
        return all;
    }
}
