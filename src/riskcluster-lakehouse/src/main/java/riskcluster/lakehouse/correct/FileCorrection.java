package riskcluster.lakehouse.correct;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Band;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.gold.BandMove;
import riskcluster.lakehouse.write.DecisionColumns;

/** Writes data files anew with other decisions in some of their rows; the rows keep their order. */
public final class FileCorrection {

    private static final List<String> COORDINATES = List.of("source_topic", "source_partition", "source_offset");

    private final CorrectableColumns columns;
    private final NewDecisions decisions;
    private final Supplier<String> names;

    /** @param names gives a file name that was never used, which tells its writer's scope and epoch */
    public FileCorrection(CorrectableColumns columns, NewDecisions decisions, Supplier<String> names) {
        this.columns = columns;
        this.decisions = decisions;
        this.names = names;
    }

    /**
     * A file in the place of another.
     *
     * @param changed rows that are others now
     * @param moves of those, the ones with another band; of silver only
     */
    public record Corrected(DataFile file, long changed, List<BandMove> moves) {
        public Corrected {
            moves = List.copyOf(moves);
        }
    }

    /** The table's files that may have a row to correct. */
    public List<DataFile> candidates(TableMetadata metadata, FileIO io) {
        return RangeFiles.of(columns.table(), metadata, io, decisions);
    }

    /** The file in its place, safe in the store; empty where it has no row that becomes another. */
    public Optional<Corrected> correct(TableMetadata metadata, FileIO io, DataFile file) {
        return hasChange(metadata.schema(), io, file.location())
                ? Optional.of(write(metadata, io, file))
                : Optional.empty();
    }

    private boolean hasChange(Schema whole, FileIO io, String path) {
        Schema schema = whole.select(
                Stream.concat(COORDINATES.stream(), columns.names().stream()).toList());
        try (var rows = Parquet.read(io.newInputFile(path))
                .project(schema)
                .filter(filter())
                .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                .<Record>build()) {
            for (Record row : rows) {
                NewDecision decision = decision(row);
                if (decision != null && !changes(row, decision, whole).isEmpty()) {
                    return true;
                }
            }
            return false;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + path, failure);
        }
    }

    private Expression filter() {
        return Expressions.and(
                Expressions.greaterThanOrEqual("source_offset", decisions.first()),
                Expressions.lessThanOrEqual("source_offset", decisions.last()));
    }

    private @Nullable NewDecision decision(Record row) {
        return decisions.find(
                new LogPartition(
                        Objects.toString(row.getField("source_topic")), (Integer) row.getField("source_partition")),
                (Long) row.getField("source_offset"));
    }

    /** The columns that become others. */
    private Map<String, @Nullable Object> changes(Record row, NewDecision decision, Schema schema) {
        Map<String, @Nullable Object> values = columns.values(decision, schema);
        values.entrySet()
                .removeIf(one -> Objects.equals(
                        DecisionColumns.plain(row.getField(one.getKey())), DecisionColumns.plain(one.getValue())));
        return values;
    }

    private Corrected write(TableMetadata metadata, FileIO io, DataFile file) {
        Schema schema = metadata.schema();
        DataWriter<Record> out = writer(metadata, io, file);
        long changed = 0;
        var moves = new ArrayList<BandMove>();
        try (out;
                var rows = Parquet.read(io.newInputFile(file.location()))
                        .project(schema)
                        .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                        .<Record>build()) {
            for (Record row : rows) {
                NewDecision decision = decision(row);
                if (decision != null) {
                    var changes = changes(row, decision, schema);
                    changed += changes.isEmpty() ? 0 : 1;
                    if (columns == CorrectableColumns.SILVER && changes.containsKey("band")) {
                        moves.add(move(row, decision));
                    }
                    changes.forEach(row::setField);
                }
                out.write(row);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + file.location() + " anew", failure);
        }
        return new Corrected(out.toDataFile(), changed, moves);
    }

    private static BandMove move(Record row, NewDecision decision) {
        return new BandMove(
                (Long) Objects.requireNonNull(DecisionColumns.plain(row.getField("event_time"))),
                decision.watermarkMicros(),
                text(row, "merchant"),
                text(row, "payment_method"),
                text(row, "country"),
                text(row, "customer_key"),
                text(row, "currency"),
                Band.valueOf(Objects.toString(row.getField("band"))),
                decision.band());
    }

    private static @Nullable String text(Record row, String column) {
        Object value = row.getField(column);
        return value == null ? null : value.toString();
    }

    private DataWriter<Record> writer(TableMetadata metadata, FileIO io, DataFile like) {
        PartitionSpec spec = metadata.spec(like.specId());
        String folder = spec.isPartitioned() ? spec.partitionToPath(like.partition()) + "/" : "";
        var target = io.newOutputFile(metadata.location() + "/data/" + folder + names.get());
        Integer order = like.sortOrderId();
        var builder = Parquet.writeData(target)
                .schema(metadata.schema())
                .setAll(metadata.properties())
                .metricsConfig(MetricsConfig.from(metadata.properties(), metadata.schema(), SortOrder.unsorted()))
                .createWriterFunc(GenericParquetWriter::create)
                .withSpec(spec)
                .withPartition(like.partition());
        if (order != null && metadata.sortOrdersById().containsKey(order)) {
            builder.withSortOrder(metadata.sortOrdersById().get(order));
        }
        try {
            return builder.build();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + target.location(), failure);
        }
    }
}
