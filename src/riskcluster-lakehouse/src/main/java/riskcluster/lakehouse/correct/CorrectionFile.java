package riskcluster.lakehouse.correct;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.parquet.Parquet;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.ledger.StoredCorrection;

/** What {@code gold.correction} says of one correction, in a file of its own. */
public final class CorrectionFile {

    private CorrectionFile() {}

    /** @param owner scope and epoch for the file's name, {@code committer-e12} */
    public static DataFile write(StagedTable staged, String owner, StoredCorrection correction) {
        TableMetadata metadata = staged.current();
        var target = staged.io()
                .newOutputFile(metadata.location() + "/data/" + owner + "-" + UUID.randomUUID() + ".parquet");
        try {
            DataWriter<Record> out = Parquet.writeData(target)
                    .schema(metadata.schema())
                    .setAll(metadata.properties())
                    .createWriterFunc(GenericParquetWriter::create)
                    .withSpec(PartitionSpec.unpartitioned())
                    .build();
            try (out) {
                for (StoredCorrection.Span span : correction.spans()) {
                    out.write(row(metadata, correction, span));
                }
            }
            return out.toDataFile();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + target.location(), failure);
        }
    }

    private static Record row(TableMetadata metadata, StoredCorrection correction, StoredCorrection.Span span) {
        Record row = GenericRecord.create(metadata.schema());
        row.setField("number", correction.number());
        row.setField("source_topic", span.source().topic());
        row.setField("source_partition", span.source().partition());
        row.setField("first_offset", span.from());
        row.setField("end_offset", span.to());
        row.setField(
                "policy_version", correction.policy().map(StoredPolicy::version).orElse(null));
        row.setField("content", correction.policy().map(StoredPolicy::content).orElse(null));
        return row;
    }
}
