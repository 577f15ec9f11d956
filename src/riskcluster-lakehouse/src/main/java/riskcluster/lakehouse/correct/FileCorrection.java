package riskcluster.lakehouse.correct;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import riskcluster.lakehouse.erase.FileAnew;
import riskcluster.lakehouse.gold.BandMove;

/** Writes a table's data files anew with other decisions in some of their rows; the rows keep their order. */
public final class FileCorrection {

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
        var change = new DecisionChange(columns, decisions, metadata.schema());
        var anew = new FileAnew(change, names);
        if (!anew.concerns(metadata, io, file.location())) {
            return Optional.empty();
        }
        DataFile written = anew.write(metadata, io, file).orElseThrow();
        return Optional.of(new Corrected(written, change.changed(), change.moves()));
    }
}
