package riskcluster.lakehouse.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.lakehouse.column.ZstdPages;

/**
 * The files that one writer has open, over all its tables and days. Past the limit those used longest ago are closed, and
 * their days go on in new files.
 */
final class OpenFiles {

    /** Each open file holds every column's values in memory; records that jump between days must not open hundreds. */
    static final int OPEN_MAX = 32;

    /** Bytes of values that all open files together may hold in memory. */
    static final long BUFFERED_BYTES_MAX = 256L << 20;

    private final FileIO io;
    private final String prefix;
    private final ZstdPages zstd = new ZstdPages();

    /** Ordered by use, so that the first is the one used longest ago. */
    private final LinkedHashMap<Place, RowFile<?>> open = new LinkedHashMap<>(16, 0.75f, true);

    private final SpareSheets spare = new SpareSheets();
    private final List<StagedFile> closed = new ArrayList<>();
    private int number;

    OpenFiles(FileIO io, String prefix) {
        this.io = io;
        this.prefix = prefix;
    }

    /** The open file of this table and day; a new one where there is none. */
    @SuppressWarnings("unchecked") // a place belongs to one layout, and only it puts files there
    <R extends Rows> RowFile<R> of(TableLayout<R> layout, int day) {
        var place = new Place(layout, day);
        var known = (RowFile<R>) open.get(place);
        if (known != null) {
            return known;
        }
        if (open.size() == OPEN_MAX) {
            closeOldest(OPEN_MAX / 2);
        }
        var fresh = begin(layout, day);
        open.put(place, fresh);
        return fresh;
    }

    /** Closes the older half where all together hold too much; to be called now and then. */
    void bound() {
        long bytes = 0;
        for (RowFile<?> file : open.values()) {
            bytes += file.bufferedBytes();
        }
        if (bytes > BUFFERED_BYTES_MAX) {
            closeOldest((open.size() + 1) / 2);
        }
    }

    /** Closes the file of this table and day. */
    void close(TableLayout<?> layout, int day) {
        RowFile<?> file = open.remove(new Place(layout, day));
        if (file != null) {
            close(List.of(file));
        }
    }

    /** Closes every file and returns all that were closed since the last call; of each the store has confirmed its length. */
    List<StagedFile> takeClosed() {
        closeOldest(open.size());
        List<StagedFile> taken = List.copyOf(closed);
        closed.clear();
        spare.checkpointEnded();
        zstd.rest();
        return taken;
    }

    /** Forgets every open file; none of them is in the store. */
    void abandon() {
        open.values().forEach(RowFile::close);
        open.clear();
        spare.clear();
        zstd.close();
    }

    /** Whether so many more may be opened without closing one. */
    boolean hasRoom(int count) {
        return open.size() + count <= OPEN_MAX;
    }

    boolean isOpen(TableLayout<?> layout, int day) {
        return open.containsKey(new Place(layout, day));
    }

    int openCount() {
        return open.size();
    }

    private <R extends Rows> RowFile<R> begin(TableLayout<R> layout, int day) {
        return new RowFile<>(layout, day, io, prefix + "-" + number++ + ".parquet", spare.take(layout));
    }

    private void closeOldest(int count) {
        var files = new ArrayList<RowFile<?>>(count);
        for (int i = 0; i < count; i++) {
            files.add(open.pollFirstEntry().getValue());
        }
        close(files);
    }

    /** Ends the files one after the other, since encoding is work, and stores them all at once, since that is waiting. */
    private void close(List<RowFile<?>> files) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var storing = new ArrayList<Future<?>>(files.size());
            for (RowFile<?> file : files) {
                StagedFile written = file.encode(zstd);
                closed.add(written);
                spare.keep(file.layout(), file.close());
                storing.add(threads.submit(() -> {
                    file.output().store();
                    confirm(written);
                    return file;
                }));
            }
            for (Future<?> one : storing) {
                one.get();
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot end a data file", failure);
        } catch (ExecutionException failure) {
            throw new IllegalStateException("cannot store a data file", failure.getCause());
        } catch (InterruptedException failure) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while storing data files", failure);
        }
    }

    /** A file that the store has in part, or not at all, must never be named. */
    private void confirm(StagedFile file) {
        long stored = io.newInputFile(file.path()).getLength();
        if (stored != file.bytes()) {
            throw new IllegalStateException(
                    file.path() + " has " + stored + " bytes in the store, " + file.bytes() + " were written");
        }
    }

    private record Place(TableLayout<?> layout, int day) {}
}
