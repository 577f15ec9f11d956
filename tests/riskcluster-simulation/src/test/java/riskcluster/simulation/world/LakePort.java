package riskcluster.simulation.world;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.lake.Lake;
import riskcluster.contracts.lake.PartitionWriter;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.step.Step;
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.fault.Plant;
import riskcluster.simulation.fault.Unanswered;

/** The object store as the partitions of one process see it. */
final class LakePort implements Lake {

    private static final int SKIPPED_OF = 40;

    /** Stands in a file's name where the product tells two openings from each other; the store numbers names itself. */
    private static final String OPENING = "-0123456789abcdef";

    private final World world;
    private final Line line;

    LakePort(World world, Line line) {
        this.world = world;
        this.line = line;
    }

    @Override
    public PartitionWriter open(Ownership owner, LogPartition source) {
        return new Writer(owner, source);
    }

    private final class Writer implements PartitionWriter {
        private final Ownership owner;
        private final LogPartition source;
        private final Map<String, List<Store.Row>> open = new LinkedHashMap<>();

        Writer(Ownership owner, LogPartition source) {
            this.owner = owner;
            this.source = source;
        }

        @Override
        public void write(List<Judged> records, long ingestTimeMicros) {
            line.call(Call.WRITE_ROWS, () -> records.size() + " records of " + source, () -> true);
            records.forEach(this::add);
        }

        private void add(Judged judged) {
            if (world.fate().planted(Plant.SKIPPED_ROW) && world.fate().below(SKIPPED_OF) == 0) {
                return;
            }
            world.truth().checkWindows(judged, world.book());
            var row = new Store.Row(judged.record().offset(), Content.of(judged), Stars.of(judged));
            for (var table : Placement.tables(judged.outcome())) {
                open.computeIfAbsent(table.qualifiedName(), absent -> new ArrayList<>())
                        .add(row);
            }
        }

        @Override
        public List<StagedFile> stage() {
            var staged = new ArrayList<StagedFile>();
            open.forEach((table, rows) -> staged.add(put(table, List.copyOf(rows))));
            open.clear();
            return staged;
        }

        private StagedFile put(String table, List<Store.Row> rows) {
            var path = world.store()
                    .name(
                            table + "/" + source.topic() + "-" + source.partition() + "-e" + owner.epoch() + OPENING,
                            ".parquet");
            line.reached(owner.scope(), Step.FILE_HALF_WRITTEN);
            try {
                line.call(Call.PUT_FILE, () -> path, () -> {
                    world.store().put(path, new Store.RowFile(source, rows));
                    return true;
                });
            } catch (Unanswered failure) {
                if (!world.fate().planted(Plant.FILE_NOT_CONFIRMED)) {
                    throw failure;
                }
            }
            return new StagedFile(table, path, rows.size(), rows.size(), "{}");
        }

        @Override
        public void abandon() {
            open.clear();
        }
    }
}
