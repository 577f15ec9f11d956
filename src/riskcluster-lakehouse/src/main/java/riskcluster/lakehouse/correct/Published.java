package riskcluster.lakehouse.correct;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.ledger.StoredCorrection.Span;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.read.PinnedTable;

/**
 * A stretch whose rows of silver were replaced, as {@code gold.correction} says it.
 *
 * @param policy by which it was decided again; empty: by the policies of the time
 */
public record Published(long number, Span span, Optional<StoredPolicy> policy) {

    /** Those whose rows the batch shows, in their order; a batch that was gone back to shows none that came after it. */
    public static List<Published> in(PinnedBatch batch) {
        PinnedTable table = batch.table(Tables.GOLD_CORRECTION);
        var found = new ArrayList<Published>();
        for (DataFile file : table.files()) {
            read(table, file, found);
        }
        found.sort(Comparator.comparingLong(Published::number));
        return List.copyOf(found);
    }

    private static void read(PinnedTable table, DataFile file, List<Published> found) {
        Schema schema = IcebergTables.schema(table.definition());
        try (var rows = Parquet.read(table.io().newInputFile(file.location()))
                .project(schema)
                .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                .<Record>build()) {
            for (Record row : rows) {
                found.add(of(row));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + file.location(), failure);
        }
    }

    private static Published of(Record row) {
        var source = new LogPartition(
                Objects.toString(row.getField("source_topic")), (Integer) row.getField("source_partition"));
        @Nullable Object version = row.getField("policy_version");
        return new Published(
                (Long) row.getField("number"),
                new Span(source, (Long) row.getField("first_offset"), (Long) row.getField("end_offset")),
                version == null
                        ? Optional.empty()
                        : Optional.of(new StoredPolicy(version.toString(), Objects.toString(row.getField("content")))));
    }
}
