package riskcluster.lakehouse.read;

import java.util.List;
import java.util.TreeMap;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogRecord;

/** The records with the lowest offsets among all that are offered, as many as fit into so many bytes. */
final class LowestOffsets {

    /** What a record takes beside its bytes: objects, references, a node of the tree. */
    private static final int RECORD_BYTES = 250;

    private final TreeMap<Long, LogRecord> kept = new TreeMap<>();
    private final long from;
    private final long bytesMax;
    private long end;
    private long bytes;

    LowestOffsets(long from, long to, long bytesMax) {
        this.from = from;
        this.end = to;
        this.bytesMax = bytesMax;
    }

    long from() {
        return from;
    }

    /** Whether a record with this offset would be kept. */
    boolean wants(long offset) {
        return offset >= from && offset < end;
    }

    /** One past the last offset below which nothing that was offered is missing. */
    long end() {
        return end;
    }

    void add(LogRecord record) {
        if (kept.put(record.offset(), record) != null) {
            throw new IllegalStateException("record " + record.coordinates() + " stands twice in bronze");
        }
        bytes += size(record);
        while (bytes > bytesMax && kept.size() > 1) {
            var last = kept.pollLastEntry();
            bytes -= size(last.getValue());
            end = last.getKey();
        }
    }

    /** In the order of their offsets. */
    List<LogRecord> records() {
        return List.copyOf(kept.values());
    }

    private static long size(LogRecord record) {
        var key = record.key();
        var value = record.value();
        long size = RECORD_BYTES + (key == null ? 0 : key.length) + (value == null ? 0 : value.length);
        for (Header header : record.headers()) {
            var content = header.value();
            size += RECORD_BYTES + header.name().length() + (content == null ? 0 : content.length);
        }
        return size;
    }
}
