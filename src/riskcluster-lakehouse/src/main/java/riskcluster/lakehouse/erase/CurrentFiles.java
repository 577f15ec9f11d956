package riskcluster.lakehouse.erase;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.parquet.Parquet;

/** The data files that a table shows now, and rows of them. */
public final class CurrentFiles {

    private CurrentFiles() {}

    /** Their paths; none where the table has never had a row. */
    public static List<String> of(TableMetadata metadata, FileIO io) {
        var files = new ArrayList<String>();
        var snapshot = metadata.currentSnapshot();
        if (snapshot != null) {
            for (ManifestFile manifest : snapshot.dataManifests(io)) {
                try (var paths = ManifestFiles.readPaths(manifest, io, metadata.specsById())) {
                    paths.forEach(files::add);
                } catch (IOException failure) {
                    throw new UncheckedIOException("cannot read manifest " + manifest.path(), failure);
                }
            }
        }
        return files;
    }

    /** Hands on the file's rows that may pass the filter, with these columns. */
    public static void read(FileIO io, String path, Schema columns, Expression filter, Consumer<Record> each) {
        try (var rows = Parquet.read(io.newInputFile(path))
                .project(columns)
                .filter(filter)
                .createReaderFunc(type -> GenericParquetReaders.buildReader(columns, type))
                .<Record>build()) {
            rows.forEach(each);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read " + path, failure);
        }
    }
}
