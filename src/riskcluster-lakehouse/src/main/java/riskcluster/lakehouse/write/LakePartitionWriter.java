package riskcluster.lakehouse.write;

import java.util.List;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.lake.PartitionWriter;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/** Puts each record into its tables: bronze, or the rejected; and silver, where it was decided. */
final class LakePartitionWriter implements PartitionWriter {

    private static final long MICROS_PER_MILLI = 1_000;

    private final DayFiles<BronzeRows> transactions;
    private final DayFiles<RejectedRows> rejected;
    private final DayFiles<SilverRows> decisions;
    private final OpenFiles files;

    LakePartitionWriter(
            DayFiles<BronzeRows> transactions,
            DayFiles<RejectedRows> rejected,
            DayFiles<SilverRows> decisions,
            OpenFiles files) {
        this.transactions = transactions;
        this.rejected = rejected;
        this.decisions = decisions;
        this.files = files;
    }

    @Override
    public void write(List<Judged> records, long ingestTimeMicros) {
        for (Judged judged : records) {
            LogRecord record = judged.record();
            switch (judged.outcome()) {
                case Outcome.Decided(var decision) -> {
                    accept(record, "decided", decision.transaction(), ingestTimeMicros);
                    decisions.rowsAt(decision.transaction().eventTimeMicros()).add(record, decision);
                    decisions.endRow();
                }
                case Outcome.Duplicate(var transaction) -> accept(record, "duplicate", transaction, ingestTimeMicros);
                case Outcome.Rejected reject -> {
                    rejected.rowsAt(record.kafkaTimeMillis() * MICROS_PER_MILLI).add(record, reject, ingestTimeMicros);
                    rejected.endRow();
                }
            }
        }
    }

    @Override
    public List<StagedFile> stage() {
        return files.takeClosed();
    }

    @Override
    public void abandon() {
        files.abandon();
    }

    private void accept(LogRecord record, String disposition, Transaction transaction, long ingestTimeMicros) {
        transactions.rowsAt(transaction.eventTimeMicros()).add(record, disposition, transaction, ingestTimeMicros);
        transactions.endRow();
    }
}
