package riskcluster.node.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.parquet.Parquet;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.lakehouse.catalog.LakeCatalog;

/** The rows of a table's newest snapshot. */
final class TableShelf implements Shelf {

    /** The only columns that tell of the wall clock. */
    private static final Set<String> WITHOUT = Set.of("ingest_time");

    private final LakeCatalog catalog;
    private final TableDefinition table;
    private final String partitionColumn;
    private final String offsetColumn;

    TableShelf(LakeCatalog catalog, TableDefinition table) {
        this.catalog = catalog;
        this.table = table;
        var prefix = table.namespace().equals("silver") ? "source_" : "";
        this.partitionColumn = prefix + "partition";
        this.offsetColumn = prefix + "offset";
    }

    @Override
    public String name() {
        return table.qualifiedName();
    }

    @Override
    public void show(Visitor visitor) throws IOException {
        rows(row -> {
            var bytes = new RowBytes(WITHOUT);
            visitor.see(place(row), bytes.of(row), () -> bytes.text(row));
        });
    }

    Place place(Record row) {
        return new Place((Integer) row.getField(partitionColumn), (Long) row.getField(offsetColumn));
    }

    static byte @Nullable [] bytes(@Nullable Object column) {
        if (!(column instanceof ByteBuffer content)) {
            return null;
        }
        var copy = new byte[content.remaining()];
        content.duplicate().get(copy);
        return copy;
    }

    /** Takes each row of the table. */
    interface Taker {
        void take(Record row);
    }

    /** Tells every row, file by file. */
    void rows(Taker taker) throws IOException {
        var metadata = catalog.load(table);
        var snapshot = metadata.currentSnapshot();
        if (snapshot == null) {
            return;
        }
        var io = catalog.warehouse().io();
        for (var manifest : snapshot.dataManifests(io)) {
            try (var files = ManifestFiles.read(manifest, io, metadata.specsById())) {
                for (var file : files) {
                    rows(metadata, file, taker);
                }
            }
        }
    }

    private void rows(TableMetadata metadata, DataFile file, Taker taker) throws IOException {
        Schema schema = metadata.schema();
        try (var records = Parquet.read(catalog.warehouse().io().newInputFile(file.location()))
                .project(schema)
                .createReaderFunc(parquet -> GenericParquetReaders.buildReader(schema, parquet))
                .<Record>build()) {
            records.forEach(taker::take);
        }
    }
}
