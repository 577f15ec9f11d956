package riskcluster.lakehouse.write;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import riskcluster.contracts.lake.Lake;
import riskcluster.contracts.lake.PartitionWriter;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.gold.GoldPartials;

/** The warehouse as partitions see it: a place for the rows of bronze and silver. */
public final class IcebergLake implements Lake {

    /** Enough to tell a full disk from one with room. */
    private static final int PROBE_BYTES = 1 << 18;

    private final Warehouse warehouse;
    private final Layouts layouts;
    private final TableLayout<RejectedRows> rejected;
    private final Optional<GoldLayouts> gold;

    /** The tables of gold that partitions write themselves. */
    private record GoldLayouts(
            TableLayout<FeatureRows> features,
            TableLayout<AnomalyRows> anomalies,
            TableLayout<FactRows> facts,
            TableLayout<CustomerRows> customers) {}

    /** A lake with gold. */
    public IcebergLake(Warehouse warehouse) {
        this(warehouse, true);
    }

    /**
     * A lake whose tables {@link riskcluster.lakehouse.catalog.LakeCatalog#createMissing} has made.
     *
     * @param gold whether what is written is summed up for gold, and its features kept there
     */
    public IcebergLake(Warehouse warehouse, boolean gold) {
        this.warehouse = warehouse;
        this.layouts = new Layouts(warehouse);
        this.rejected = new TableLayout<>(Tables.BRONZE_REJECTED, warehouse, RejectedRows::new);
        this.gold = gold
                ? Optional.of(new GoldLayouts(
                        new TableLayout<>(Tables.GOLD_FEATURES, warehouse, FeatureRows::new),
                        new TableLayout<>(Tables.GOLD_ANOMALIES, warehouse, AnomalyRows::new),
                        new TableLayout<>(Tables.GOLD_FACT_TRANSACTION, warehouse, FactRows::new),
                        new TableLayout<>(Tables.GOLD_DIM_CUSTOMER, warehouse, CustomerRows::new)))
                : Optional.empty();
    }

    @Override
    public PartitionWriter open(Ownership owner, LogPartition source) {
        var files = new OpenFiles(warehouse.io(), filePrefix(owner, source));
        return new LakePartitionWriter(
                layouts,
                new DayFiles<>(rejected, files),
                files,
                gold.map(layouts -> new LakePartitionWriter.Gold(
                        new GoldPartials(),
                        new DayFiles<>(layouts.features(), files),
                        new DayFiles<>(layouts.anomalies(), files),
                        new LakePartitionWriter.Star(
                                new DayFiles<>(layouts.facts(), files), new DayFiles<>(layouts.customers(), files)))));
    }

    /** The file's name carries scope and epoch like any other, so that the sweep finds what a death leaves of it. */
    @Override
    public void probe(Ownership owner, LogPartition source) {
        var location = warehouse.root() + "/probe/" + filePrefix(owner, source);
        var io = warehouse.io();
        try (var out = io.newOutputFile(location).create()) {
            out.write(new byte[PROBE_BYTES]);
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write " + location, failure);
        }
        long stored = io.newInputFile(location).getLength();
        io.deleteFile(location);
        if (stored != PROBE_BYTES) {
            throw new IllegalStateException(location + " has " + stored + " bytes, written were " + PROBE_BYTES);
        }
    }

    /**
     * Scope and epoch, by which the orphan sweep goes; and a number of this opening, since a writer may be opened twice
     * in one epoch and a name is never used again.
     */
    private static String filePrefix(Ownership owner, LogPartition source) {
        return source.topic() + "-" + source.partition() + "-e" + owner.epoch() + "-"
                + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }
}
