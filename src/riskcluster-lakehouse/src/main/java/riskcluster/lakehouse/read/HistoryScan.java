package riskcluster.lakehouse.read;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import riskcluster.contracts.lake.HistoryReader;
import riskcluster.contracts.log.LogPartition;

/**
 * Reads a range of a partition out of data files in any order, rows in any order within them: each pass keeps the
 * lowest offsets that fit into memory, and the next one goes on behind them. Files of checkpoints stand in the log's
 * order, so a pass reads only the few that it needs; compacted ones are read once a pass.
 */
final class HistoryScan implements HistoryReader {

    /** Bytes of records that one pass keeps. */
    static final long PASS_BYTES_MAX = 16L << 20;

    private final LogPartition source;
    private final long to;
    private final long passBytesMax;
    private final List<BronzeFile> files = new ArrayList<>();
    private long position;

    HistoryScan(LogPartition source, long from, long to, PinnedTable transactions, PinnedTable rejected) {
        this(source, from, to, PASS_BYTES_MAX, transactions, rejected);
    }

    HistoryScan(
            LogPartition source,
            long from,
            long to,
            long passBytesMax,
            PinnedTable transactions,
            PinnedTable rejected) {
        this.source = source;
        this.position = from;
        this.to = to;
        this.passBytesMax = passBytesMax;
        files.addAll(BronzeFile.of(transactions, source, from, to));
        files.addAll(BronzeFile.of(rejected, source, from, to));
        files.sort(Comparator.comparingLong(BronzeFile::lowest));
    }

    @Override
    public Optional<Stretch> next() {
        if (position >= to) {
            return Optional.empty();
        }
        var lowest = new LowestOffsets(position, to, passBytesMax);
        for (BronzeFile file : files) {
            if (file.lowest() >= lowest.end()) {
                break; // and so do all that follow
            }
            file.read(source, lowest);
        }
        var stretch = new Stretch(position, lowest.end(), lowest.records());
        position = lowest.end();
        files.removeIf(file -> file.highest() < position);
        return Optional.of(stretch);
    }

    @Override
    public void close() {
        files.clear();
    }
}
