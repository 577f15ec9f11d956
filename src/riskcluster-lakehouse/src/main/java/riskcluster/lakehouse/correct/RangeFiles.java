package riskcluster.lakehouse.correct;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;

/** The data files of a table, as it is now, that may hold rows of a correction, by the bounds in their manifests. */
final class RangeFiles {

    private RangeFiles() {}

    static List<DataFile> of(TableDefinition table, TableMetadata metadata, FileIO io, NewDecisions decisions) {
        int partition = table.column("source_partition").id();
        int offset = table.column("source_offset").id();
        Snapshot snapshot = metadata.currentSnapshot();
        var found = new ArrayList<DataFile>();
        for (ManifestFile manifest : snapshot == null ? List.<ManifestFile>of() : snapshot.dataManifests(io)) {
            try (var entries = ManifestFiles.read(manifest, io, metadata.specsById())) {
                for (DataFile file : entries) {
                    var lower = file.lowerBounds();
                    var upper = file.upperBounds();
                    if (decisions.mayTouch(
                            bound(lower, partition, Types.IntegerType.get(), Integer.MIN_VALUE),
                            bound(upper, partition, Types.IntegerType.get(), Integer.MAX_VALUE),
                            bound(lower, offset, Types.LongType.get(), Long.MIN_VALUE),
                            bound(upper, offset, Types.LongType.get(), Long.MAX_VALUE))) {
                        found.add(file.copyWithoutStats());
                    }
                }
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot read manifest " + manifest.path(), failure);
            }
        }
        return found;
    }

    private static <T> T bound(@Nullable Map<Integer, ByteBuffer> bounds, int column, Type type, T absent) {
        var bound = bounds == null ? null : bounds.get(column);
        return bound == null ? absent : Conversions.<T>fromByteBuffer(type, bound);
    }
}
