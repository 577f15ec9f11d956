package riskcluster.faults;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A small disk of its own in memory (tmpfs), mounted where a node prepares its files, which can be filled and freed. */
final class FullDisk implements AutoCloseable {

    private static final int MEGABYTES = 64;
    private static final int BLOCK_BYTES = 1 << 20;

    private final Path place;
    private final boolean isMounted;

    private FullDisk(Path place, boolean isMounted) {
        this.place = place;
        this.isMounted = isMounted;
    }

    /** Mounts it; where that is not allowed there is none. */
    static FullDisk at(Path place) throws IOException, InterruptedException {
        Files.createDirectories(place);
        return new FullDisk(
                place, ran("mount", "-t", "tmpfs", "-o", "size=" + MEGABYTES + "m", "tmpfs", place.toString()));
    }

    /** Whether there is such a disk: mounting takes root. */
    boolean isMounted() {
        return isMounted;
    }

    private Path ballast() {
        return place.resolve("ballast");
    }

    /** Nothing more can be written to it. */
    void fill() throws IOException {
        FileStore store = Files.getFileStore(place);
        try (var out = Files.newOutputStream(ballast())) {
            var block = new byte[BLOCK_BYTES];
            while (store.getUsableSpace() > 0) {
                out.write(block, 0, (int) Math.min(block.length, store.getUsableSpace()));
            }
        } catch (IOException full) {
            if (store.getUsableSpace() > 0) {
                throw full;
            }
        }
    }

    /** It has room again. */
    void free() throws IOException {
        Files.deleteIfExists(ballast());
    }

    private static boolean ran(String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
    }

    @Override
    public void close() throws IOException {
        if (isMounted) {
            try {
                if (!ran("umount", "-l", place.toString())) {
                    throw new IOException(place + " cannot be unmounted");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
