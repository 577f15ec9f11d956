package riskcluster.lakehouse.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.data.Record;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.table.Column;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.write.DecisionColumns;

/** One part of a comparison: some offsets of every partition, in three steps: read, decide, compare. */
final class Pass {

    private static final String SILVER = Tables.SILVER_TRANSACTIONS.qualifiedName();
    private static final int OF_EVERY_CLUSTER = DecisionColumns.ALL.size();

    private final OffsetRanges part;
    private final OffsetRanges range;
    private final OffsetRanges compared;
    private final Map<LogPartition, Decider> deciders;
    private final Workers workers;
    private final Findings findings;
    private final Tally tally;
    private final Map<LogPartition, List<KeptRecord>> kept = new ConcurrentHashMap<>();
    private final Map<LogPartition, Again> again = new ConcurrentHashMap<>();

    Pass(
            OffsetRanges part,
            OffsetRanges range,
            Map<LogPartition, Decider> deciders,
            Workers workers,
            Findings findings,
            Tally tally) {
        this.part = part;
        this.range = range;
        this.compared = part.within(range);
        this.deciders = deciders;
        this.workers = workers;
        this.findings = findings;
        this.tally = tally;
    }

    void run(List<BoundedFile> bronze, List<BoundedFile> silver) {
        workers.each(bronze.stream().filter(file -> file.mayHold(part)).toList(), this::readFile);
        workers.each(kept.keySet(), this::decide);
        workers.each(silver.stream().filter(file -> file.mayHold(compared)).toList(), this::compareFile);
        again.forEach(this::reportAbsent);
    }

    private void readFile(BoundedFile file) {
        TableDefinition table = file.table().definition();
        FileRows.read(file, KeptRecord.columns(table), part, (source, offset, row) -> {
            var records = kept.computeIfAbsent(source, absent -> new ArrayList<>());
            var one = KeptRecord.of(table, source, offset, row);
            synchronized (records) {
                records.add(one);
            }
        });
    }

    private void decide(LogPartition source) {
        var records = Objects.requireNonNull(kept.get(source));
        records.sort(Comparator.comparingLong(one -> one.record().offset()));
        var decider = Objects.requireNonNull(deciders.get(source), "every partition has a decider");
        var judged = new ArrayList<Judged>(records.size());
        long last = -1;
        for (KeptRecord one : records) {
            if (one.record().offset() == last) {
                throw new IllegalStateException("record " + one.record().coordinates() + " stands twice in bronze");
            }
            last = one.record().offset();
            var outcome = decider.decide(one.record());
            if (range.contains(source, last)) {
                tally.count(outcome.outcome());
                compareEnd(one, outcome.outcome());
                judged.add(outcome);
            } else {
                tally.countBefore();
            }
        }
        records.clear();
        again.put(source, new Again(judged));
    }

    private void compareEnd(KeptRecord one, Outcome outcome) {
        String end = end(outcome);
        if (!one.end().equals(end)) {
            var record = one.record();
            findings.add(new Difference(one.table(), record.source(), record.offset(), "disposition", one.end(), end));
        }
    }

    private static String end(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Decided one -> "decided";
            case Outcome.Duplicate one -> "duplicate";
            case Outcome.Rejected one -> one.reason().code();
            case Outcome.Erased one -> one.tombstone().kind().disposition();
        };
    }

    /** Columns of extra fields stand behind those that every cluster has. */
    private void compareFile(BoundedFile file) {
        var columns =
                file.table().columns().columns().stream().map(Column::name).toList();
        var extras = columns.subList(OF_EVERY_CLUSTER, columns.size());
        FileRows.read(file, columns, compared, (source, offset, row) -> compareRow(source, offset, row, extras));
    }

    private void compareRow(LogPartition source, long offset, Record row, List<String> extras) {
        Again decisions = again.get(source);
        int place = decisions == null ? -1 : decisions.place(offset);
        if (decisions == null || place < 0) {
            findings.add(new Difference(SILVER, source, offset, "row", "there is one", "bronze has no such record"));
            return;
        }
        Decision decision = decisions.decision(place);
        if (decision == null) {
            findings.add(new Difference(SILVER, source, offset, "row", "there is one", end(decisions.outcome(place))));
            return;
        }
        if (!decisions.tick(place)) {
            findings.add(new Difference(SILVER, source, offset, "row", "there are several", "decided"));
        }
        var record = decisions.record(place);
        for (int i = 0; i < OF_EVERY_CLUSTER; i++) {
            var column = DecisionColumns.ALL.get(i);
            compareValue(record, column.name(), row.get(i), column.decided(record, decision));
        }
        for (int i = 0; i < extras.size(); i++) {
            Object decided = DecisionColumns.extra(decision, extras.get(i));
            compareValue(record, extras.get(i), row.get(OF_EVERY_CLUSTER + i), decided);
        }
    }

    private void compareValue(LogRecord record, String column, @Nullable Object read, @Nullable Object decided) {
        Object stands = DecisionColumns.plain(read);
        if (!Objects.equals(stands, decided)) {
            findings.add(new Difference(
                    SILVER, record.source(), record.offset(), column, String.valueOf(stands), String.valueOf(decided)));
        }
    }

    private void reportAbsent(LogPartition source, Again decisions) {
        for (int place = 0; place < decisions.size(); place++) {
            if (decisions.decision(place) != null && !decisions.isTicked(place)) {
                findings.add(new Difference(
                        SILVER, source, decisions.record(place).offset(), "row", "there is none", "decided"));
            }
        }
    }
}
