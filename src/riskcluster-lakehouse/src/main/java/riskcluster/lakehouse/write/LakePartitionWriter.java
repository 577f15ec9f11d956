package riskcluster.lakehouse.write;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.lake.PartitionWriter;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.log.Tombstone;
import riskcluster.contracts.transaction.ExtraField;
import riskcluster.contracts.transaction.Transaction;
import riskcluster.lakehouse.gold.GoldPartials;

/**
 * Puts each record into its tables: bronze, or the rejected; and silver, where it was decided; and gold, where that is
 * made. Records of days for which no more files may be open wait, and are written day by day.
 */
final class LakePartitionWriter implements PartitionWriter {

    private static final long MICROS_PER_MILLI = 1_000;

    private final Layouts layouts;
    private final DayFiles<RejectedRows> rejected;
    private final OpenFiles files;
    private final Optional<Gold> gold;
    private final WaitingRows waiting = new WaitingRows();

    /** What is written for gold. */
    record Gold(GoldPartials partials, DayFiles<FeatureRows> features, DayFiles<AnomalyRows> anomalies, Star star) {}

    /** What is written for the star, of records that tell of their customer as he was. */
    record Star(DayFiles<FactRows> facts, DayFiles<CustomerRows> customers) {}

    /** The extra fields of the row that is written now; they change with the policy. */
    private List<ExtraField> fields = List.of();

    private long tombstones;
    private DayFiles<BronzeRows> transactions;
    private DayFiles<SilverRows> decisions;

    LakePartitionWriter(Layouts layouts, DayFiles<RejectedRows> rejected, OpenFiles files, Optional<Gold> gold) {
        this.layouts = layouts;
        this.rejected = rejected;
        this.files = files;
        this.transactions = new DayFiles<>(layouts.of(fields).transactions(), files);
        this.decisions = new DayFiles<>(layouts.of(fields).decisions(), files);
        this.gold = gold;
    }

    @Override
    public void write(List<Judged> records, long ingestTimeMicros) {
        gold.ifPresent(made -> made.partials().add(records));
        int[] days = days(records);
        for (int i = 0; i < days.length; i++) {
            var judged = records.get(i);
            follow(judged.outcome());
            count(judged.outcome());
            if (hasPlace(judged, days[i])) {
                add(judged, ingestTimeMicros);
            } else if (waiting.add(days[i], judged, ingestTimeMicros)) {
                waiting.drain(this::add);
            }
        }
        files.bound();
    }

    /** In a loop of its own: records come from another core, and the waits for them overlap where nothing lies between. */
    private static int[] days(List<Judged> records) {
        var days = new int[records.size()];
        for (int i = 0; i < days.length; i++) {
            days[i] = UtcClock.day(micros(records.get(i)));
        }
        return days;
    }

    @Override
    public int openFiles() {
        return files.openCount();
    }

    @Override
    public List<StagedFile> stage() {
        waiting.drain(this::add);
        return files.takeClosed();
    }

    @Override
    public void watermark(long micros) {
        gold.ifPresent(made -> made.partials().watermark(micros));
    }

    @Override
    public byte[] partials() {
        return gold.map(made -> made.partials().take()).orElseGet(() -> new byte[0]);
    }

    @Override
    public long tombstones() {
        long counted = tombstones;
        tombstones = 0;
        return counted;
    }

    private void count(Outcome outcome) {
        if (outcome instanceof Outcome.Erased(var left) && left.kind() != Tombstone.Kind.REJECTED) {
            tombstones++;
        }
    }

    @Override
    public void abandon() {
        waiting.clear();
        files.abandon();
    }

    /** Rows with other extra fields than the last one go into files of their own. */
    private void follow(Outcome outcome) {
        List<ExtraField> now = switch (outcome) {
            case Outcome.Decided(var decision) ->
                decision.transaction().extras().fields();
            case Outcome.Duplicate(var transaction) -> transaction.extras().fields();
            case Outcome.Rejected rejects -> fields;
            case Outcome.Erased erased -> fields;
        };
        if (!Objects.equals(now, fields)) { // mostly the same object, which needs no look inside
            fields = now;
            transactions = new DayFiles<>(layouts.of(now).transactions(), files);
            decisions = new DayFiles<>(layouts.of(now).decisions(), files);
        }
    }

    /** Whether the record can be written without closing another day's file. */
    private boolean hasPlace(Judged judged, int day) {
        return switch (judged.outcome()) {
            case Outcome.Decided decided -> hasPlaceForDecided(judged, day);
            case Outcome.Duplicate duplicate -> files.hasRoom(1) || transactions.isOpen(day);
            case Outcome.Rejected reject -> files.hasRoom(1) || rejected.isOpen(day);
            case Outcome.Erased(var left) ->
                files.hasRoom(1)
                        || (left.kind() == Tombstone.Kind.REJECTED ? rejected.isOpen(day) : transactions.isOpen(day));
        };
    }

    private boolean hasPlaceForDecided(Judged judged, int day) {
        boolean star = judged.customer().isPresent();
        return files.hasRoom(gold.isEmpty() ? 2 : star ? 4 : 3)
                || transactions.isOpen(day)
                        && decisions.isOpen(day)
                        && gold.map(made -> made.features().isOpen(day)
                                        && (!star || made.star().facts().isOpen(day)))
                                .orElse(true);
    }

    private void add(Judged judged, long ingestTimeMicros) {
        follow(judged.outcome());
        LogRecord record = judged.record();
        long micros = micros(judged);
        switch (judged.outcome()) {
            case Outcome.Decided(var decision) -> {
                accept(record, "decided", decision.transaction(), ingestTimeMicros);
                decisions.rowsAt(micros).add(record, decision);
                decisions.endRow();
                if (gold.isPresent()) {
                    addFeatures(gold.get().features(), record, decision);
                    addAnomalies(gold.get().anomalies(), judged);
                    addToStar(gold.get().star(), judged, decision);
                }
            }
            case Outcome.Duplicate(var transaction) -> accept(record, "duplicate", transaction, ingestTimeMicros);
            case Outcome.Rejected reject -> {
                rejected.rowsAt(micros).add(record, reject, ingestTimeMicros);
                rejected.endRow();
            }
            case Outcome.Erased(var left) -> addErased(judged, left, ingestTimeMicros);
        }
    }

    /** It may have closed windows of others, as any record that moves the watermark. */
    private void addErased(Judged judged, Tombstone left, long ingestTimeMicros) {
        if (left.kind() == Tombstone.Kind.REJECTED) {
            rejected.rowsAt(left.eventTimeMicros()).add(judged.record(), left, ingestTimeMicros);
            rejected.endRow();
        } else {
            transactions.rowsAt(left.eventTimeMicros()).add(judged.record(), left, ingestTimeMicros);
            transactions.endRow();
        }
        gold.ifPresent(made -> addAnomalies(made.anomalies(), judged));
    }

    private static void addFeatures(DayFiles<FeatureRows> features, LogRecord record, Decision decision) {
        features.rowsAt(decision.transaction().eventTimeMicros()).add(record, decision);
        features.endRow();
    }

    /** Their days may be others than the record's. */
    private static void addAnomalies(DayFiles<AnomalyRows> anomalies, Judged judged) {
        for (var anomaly : judged.anomalies()) {
            anomalies.rowsAt(anomaly.startMicros()).add(judged.record(), anomaly);
            anomalies.endRow();
        }
    }

    private static void addToStar(Star star, Judged judged, Decision decision) {
        judged.customer().ifPresent(customer -> {
            star.facts()
                    .rowsAt(decision.transaction().eventTimeMicros())
                    .add(judged.record(), decision, customer.versionKey());
            star.facts().endRow();
            customer.begun().ifPresent(begun -> {
                star.customers().rows().add(judged.record(), begun);
                star.customers().endRow();
            });
        });
    }

    private void accept(LogRecord record, String disposition, Transaction transaction, long ingestTimeMicros) {
        transactions.rowsAt(transaction.eventTimeMicros()).add(record, disposition, transaction, ingestTimeMicros);
        transactions.endRow();
    }

    /** The instant by whose day the record's rows are divided. */
    private static long micros(Judged judged) {
        return switch (judged.outcome()) {
            case Outcome.Decided(var decision) -> decision.transaction().eventTimeMicros();
            case Outcome.Duplicate(var transaction) -> transaction.eventTimeMicros();
            case Outcome.Rejected reject -> judged.record().kafkaTimeMillis() * MICROS_PER_MILLI;
            case Outcome.Erased(var left) -> left.eventTimeMicros();
        };
    }
}
