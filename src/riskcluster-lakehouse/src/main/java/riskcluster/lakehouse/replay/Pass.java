package riskcluster.lakehouse.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.iceberg.data.Record;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.write.DecisionColumns;
import riskcluster.lakehouse.write.DecisionColumns.DecisionColumn;

/** One part of a comparison: some offsets of every partition, in three steps: read, decide, compare. */
final class Pass {

    private static final String SILVER = Tables.SILVER_TRANSACTIONS.qualifiedName();
    private static final List<String> SILVER_COLUMNS =
            DecisionColumns.ALL.stream().map(DecisionColumn::name).toList();

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
        };
    }

    private void compareFile(BoundedFile file) {
        FileRows.read(file, SILVER_COLUMNS, compared, this::compareRow);
    }

    private void compareRow(LogPartition source, long offset, Record row) {
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
        for (int i = 0; i < DecisionColumns.ALL.size(); i++) {
            var column = DecisionColumns.ALL.get(i);
            Object stands = DecisionColumns.plain(row.get(i));
            Object decided = column.decided(record, decision);
            if (!Objects.equals(stands, decided)) {
                findings.add(new Difference(
                        SILVER, source, offset, column.name(), String.valueOf(stands), String.valueOf(decided)));
            }
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
