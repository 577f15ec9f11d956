package riskcluster.lakehouse.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Set;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.jspecify.annotations.Nullable;

/** A table's metadata as if an earlier snapshot were its newest; Iceberg's own builder refuses to go back in time. */
final class EarlierMetadata {

    private static final ObjectMapper JSON = new ObjectMapper();

    private EarlierMetadata() {}

    static TableMetadata at(TableMetadata metadata, @Nullable Snapshot newest) {
        Set<Long> later = new HashSet<>();
        for (Snapshot one : metadata.snapshots()) {
            if (newest == null || one.sequenceNumber() > newest.sequenceNumber()) {
                later.add(one.snapshotId());
            }
        }
        try {
            var root = (ObjectNode) JSON.readTree(TableMetadataParser.toJson(metadata));
            root.put("current-snapshot-id", newest == null ? -1L : newest.snapshotId());
            remove(root.path("snapshots"), later);
            remove(root.path("snapshot-log"), later);
            remove(root.path("refs"), later);
            if (newest != null) {
                ((ObjectNode) root.path("refs"))
                        .putObject(SnapshotRef.MAIN_BRANCH)
                        .put("snapshot-id", newest.snapshotId())
                        .put("type", "branch");
            }
            return TableMetadataParser.fromJson(metadata.metadataFileLocation(), root.toString());
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException("metadata that was written cannot be read", failure);
        }
    }

    private static void remove(JsonNode entries, Set<Long> snapshots) {
        var each = entries.elements();
        while (each.hasNext()) {
            if (snapshots.contains(each.next().path("snapshot-id").asLong())) {
                each.remove();
            }
        }
    }
}
