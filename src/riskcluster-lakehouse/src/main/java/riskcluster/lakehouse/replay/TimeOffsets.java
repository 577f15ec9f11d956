package riskcluster.lakehouse.replay;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.read.PinnedBatch;

/** Where in each partition a time begins: the first record whose Kafka time is not before it. */
public final class TimeOffsets {

    private static final List<String> COLUMNS = List.of("topic", "partition", "offset", "kafka_time");

    private TimeOffsets() {}

    /** Those offsets, as Kafka itself would name them; a partition's end at the batch where no such record is there. */
    public static Map<LogPartition, Long> at(PinnedBatch batch, Instant time, int threads) {
        Map<LogPartition, Long> first = new ConcurrentHashMap<>(batch.offsets().byPartition());
        var all = new HashMap<LogPartition, OffsetRanges.Range>();
        first.forEach((source, end) -> all.put(source, new OffsetRanges.Range(0, end)));
        var everything = new OffsetRanges(all);
        OffsetDateTime from = time.atOffset(ZoneOffset.UTC);
        var files = BoundedFile.all(batch.table(Tables.BRONZE_TRANSACTIONS), BoundedFile.Coordinates.BRONZE);
        files.addAll(BoundedFile.all(batch.table(Tables.BRONZE_REJECTED), BoundedFile.Coordinates.BRONZE));
        try (var workers = Executors.newFixedThreadPool(threads)) {
            new Workers(workers)
                    .each(
                            files,
                            file -> FileRows.read(file, COLUMNS, everything, (source, offset, row) -> {
                                if (!((OffsetDateTime) row.getField("kafka_time")).isBefore(from)) {
                                    first.merge(source, offset, Math::min);
                                }
                            }));
        }
        return Map.copyOf(first);
    }
}
