package riskcluster.lakehouse.quality;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.IcebergTables;
import riskcluster.lakehouse.ledger.SealedCheckpoint;

/**
 * One checkpoint in figures.
 *
 * @param records input records that it says it holds
 * @param tombstones those of them that it says are tombstones among the accepted
 */
record CheckpointFigures(
        long from, long to, long records, long tombstones, Files accepted, Files rejected, Files decided) {

    /** A checkpoint's files of one table. */
    record Files(TableDefinition table, long rows, List<FileFigures> files) {

        static Files of(SealedCheckpoint checkpoint, TableDefinition table) {
            var schema = IcebergTables.schema(table);
            var spec = IcebergTables.spec(table);
            var own = checkpoint.files().stream()
                    .filter(file -> file.table().equals(table.qualifiedName()))
                    .toList();
            return new Files(
                    table,
                    own.stream().mapToLong(file -> file.rows()).sum(),
                    own.stream().map(file -> FileFigures.of(file, schema, spec)).toList());
        }

        /** Files with a number in this column below {@code min} or above {@code max}. */
        long outside(String column, Optional<BigDecimal> min, Optional<BigDecimal> max) {
            return files.stream()
                    .filter(file -> min.isPresent()
                                    && file.least(column)
                                            .filter(least -> least.compareTo(min.get()) < 0)
                                            .isPresent()
                            || max.isPresent()
                                    && file.greatest(column)
                                            .filter(most -> most.compareTo(max.get()) > 0)
                                            .isPresent())
                    .count();
        }

        long nullsInRequired() {
            return table.columns().stream()
                    .filter(column -> column.required())
                    .mapToLong(column -> files.stream()
                            .mapToLong(file -> file.nulls(column.name()))
                            .sum())
                    .sum();
        }
    }

    static CheckpointFigures of(SealedCheckpoint checkpoint) {
        return new CheckpointFigures(
                checkpoint.from(),
                checkpoint.to(),
                checkpoint.records(),
                checkpoint.tombstones(),
                Files.of(checkpoint, Tables.BRONZE_TRANSACTIONS),
                Files.of(checkpoint, Tables.BRONZE_REJECTED),
                Files.of(checkpoint, Tables.SILVER_TRANSACTIONS));
    }

    List<Files> tables() {
        return List.of(accepted, rejected, decided);
    }

    long recordsWithoutRow() {
        return Math.max(0, records - accepted.rows() - rejected.rows());
    }

    long rowsBeyondOffsets() {
        return Math.max(0, accepted.rows() + rejected.rows() - Math.min(records, to - from))
                + outside(accepted, "offset")
                + outside(rejected, "offset");
    }

    long rowsWithoutSource() {
        return Math.max(0, decided.rows() - accepted.rows()) + outside(decided, "source_offset");
    }

    private long outside(Files files, String offset) {
        return files.outside(offset, Optional.of(BigDecimal.valueOf(from)), Optional.of(BigDecimal.valueOf(to - 1)));
    }
}
