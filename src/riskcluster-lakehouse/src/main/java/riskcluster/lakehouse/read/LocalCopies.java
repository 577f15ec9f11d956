package riskcluster.lakehouse.read;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import riskcluster.lakehouse.catalog.Warehouse;

/**
 * Data files as paths of this machine, for an engine that reads no others: files of a store are copied, and the copies
 * live as long as this object.
 */
final class LocalCopies implements AutoCloseable {

    /** What one session of SQL may take of this machine's disk. */
    static final long BYTES_MAX = 4L << 30;

    private static final int AT_ONCE_MAX = 16;

    private final Map<String, Path> copies = new ConcurrentHashMap<>();
    private final AtomicInteger number = new AtomicInteger();
    private @Nullable Path folder;
    private long bytes;

    /**
     * The paths of these files, in their order.
     *
     * @throws IllegalStateException where more would have to be copied than {@link #BYTES_MAX}
     */
    List<String> paths(List<DataFile> files, FileIO io) {
        if (files.stream().allMatch(file -> Warehouse.isLocal(file.location()))) {
            return files.stream()
                    .map(file -> Warehouse.localPath(file.location()).toString())
                    .toList();
        }
        bytes += files.stream().mapToLong(DataFile::fileSizeInBytes).sum();
        if (bytes > BYTES_MAX) {
            throw new IllegalStateException("the batch has more than " + (BYTES_MAX >> 30)
                    + " GB in its store, which is more than is copied for SQL on this machine; read it with an engine"
                    + " that reads the store itself");
        }
        copyAll(files, io);
        return files.stream()
                .map(file -> String.valueOf(copies.get(file.location())))
                .toList();
    }

    private void copyAll(List<DataFile> files, FileIO io) {
        var room = new Semaphore(AT_ONCE_MAX);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Path target = folder();
            var copying = new ArrayList<Future<?>>(files.size());
            for (DataFile file : files) {
                room.acquire();
                copying.add(threads.submit(() -> {
                    try {
                        copy(file.location(), io, target);
                    } finally {
                        room.release();
                    }
                }));
            }
            for (Future<?> one : copying) {
                one.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("a data file could not be copied from its store", failure.getCause());
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while data files were copied", failure);
        }
    }

    private void copy(String location, FileIO io, Path target) {
        var copy = target.resolve(number.getAndIncrement() + "-" + location.substring(location.lastIndexOf('/') + 1));
        try (var in = io.newInputFile(location).newStream()) {
            Files.copy(in, copy);
            copies.put(location, copy);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot copy " + location, failure);
        }
    }

    private Path folder() {
        Path known = folder;
        if (known == null) {
            try {
                known = Files.createTempDirectory("riskcluster-sql-");
            } catch (IOException failure) {
                throw new UncheckedIOException("no folder for copies of data files", failure);
            }
            folder = known;
        }
        return known;
    }

    /** Deletes the copies. */
    @Override
    public void close() {
        Path made = folder;
        if (made == null) {
            return;
        }
        try (var left = Files.list(made)) {
            for (Path copy : left.toList()) {
                Files.deleteIfExists(copy);
            }
            Files.deleteIfExists(made);
        } catch (IOException failure) {
            throw new UncheckedIOException("copies of data files stay in " + made, failure);
        }
    }
}
