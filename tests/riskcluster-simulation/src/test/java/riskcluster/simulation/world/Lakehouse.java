package riskcluster.simulation.world;

import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.commit.BatchAttempt;
import riskcluster.lakehouse.commit.CommitLedger.Landing;
import riskcluster.lakehouse.commit.TableChange;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.SealedCheckpoint;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;
import riskcluster.simulation.fault.Fate;
import riskcluster.simulation.fault.Invariant;
import riskcluster.simulation.fault.Plant;

/** The catalog and the batches in Postgres, and what readers of the tables find. */
final class Lakehouse {

    /** One table of gold stands for all: it counts decisions. */
    static final TableDefinition GOLD = Tables.GOLD_PLATFORM_1H;

    static final List<TableDefinition> TABLES =
            Stream.concat(Tables.RECORDS.stream(), Stream.of(GOLD)).toList();

    private final Fate fate;
    private final Book book;
    private final Store store;
    private final Postgres postgres;
    private final Truth truth;
    private final Deferred deferred;
    private final Map<String, String> pointers = new TreeMap<>();
    private final TreeMap<Long, Committed> batches = new TreeMap<>();
    private final Map<LogPartition, Long> reached = new HashMap<>();
    private final Map<String, Map<LogPartition, BitSet>> rows = new HashMap<>();

    private record Committed(StoredBatch batch, Ownership owner) {}

    Lakehouse(Fate fate, Book book, Store store, Postgres postgres, Truth truth, Deferred deferred) {
        this.fate = fate;
        this.book = book;
        this.store = store;
        this.postgres = postgres;
        this.truth = truth;
        this.deferred = deferred;
        for (var table : TABLES) {
            var first = store.name(table.qualifiedName() + "/create", ".metadata.json");
            store.put(first, Store.Metadata.EMPTY);
            pointers.put(table.qualifiedName(), first);
            rows.put(table.qualifiedName(), new HashMap<>());
        }
    }

    String pointer(TableDefinition table) {
        return pointers.getOrDefault(table.qualifiedName(), "");
    }

    Map<String, String> pointers() {
        return new TreeMap<>(pointers);
    }

    Deferred deferred() {
        return deferred;
    }

    /** The batches that can be pinned; nobody looks at their times. */
    List<BatchTable.Committed> committed() {
        return batches.keySet().stream()
                .map(id -> new BatchTable.Committed(id, Instant.EPOCH))
                .toList();
    }

    void forget(List<Long> ids) {
        batches.keySet().removeAll(ids);
    }

    Optional<StoredBatch> newest() {
        return batches.isEmpty()
                ? Optional.empty()
                : Optional.of(batches.lastEntry().getValue().batch());
    }

    Optional<StoredBatch> batch(long id) {
        return Optional.ofNullable(batches.get(id)).map(Committed::batch);
    }

    Optional<StoredBatch> batch(long id, Ownership owner) {
        return Optional.ofNullable(batches.get(id))
                .filter(committed -> committed.owner().equals(owner))
                .map(Committed::batch);
    }

    List<SealedCheckpoint> waiting(int max) {
        return postgres.waiting().stream().limit(max).map(Lakehouse::sealed).toList();
    }

    private static SealedCheckpoint sealed(Postgres.Sealed row) {
        var checkpoint = row.checkpoint;
        return new SealedCheckpoint(
                row.id,
                checkpoint.source(),
                checkpoint.from(),
                checkpoint.to(),
                checkpoint.records(),
                Instant.EPOCH,
                checkpoint.files());
    }

    /** Whether every record up to here is committed. */
    long reached(LogPartition source) {
        return reached.getOrDefault(source, 0L);
    }

    /** What the transaction would say; empty where nothing speaks against it. */
    Optional<Landing> refusal(BatchAttempt attempt) {
        if (!postgres.stands(attempt.owner()) && !fate.planted(Plant.STALE_COMMITTER_ACCEPTED)) {
            return Optional.of(new Landing.Refused("the epoch is another's"));
        }
        var lost = new ArrayList<TableDefinition>();
        for (var change : attempt.changes()) {
            if (!pointer(change.table()).equals(change.from())) {
                lost.add(change.table());
            }
        }
        if (!lost.isEmpty()) {
            return Optional.of(new Landing.PointersLost(lost));
        }
        if (!attempt.checkpoints().stream().allMatch(each -> row(each).isWaiting())) {
            return Optional.of(new Landing.Refused("checkpoints are committed already"));
        }
        if (batches.containsKey(attempt.id())) {
            throw new Refusal("batch " + attempt.id() + " is there already");
        }
        return Optional.empty();
    }

    private Postgres.Sealed row(SealedCheckpoint checkpoint) {
        return postgres.checkpoints().get((int) checkpoint.id() - 1);
    }

    /** Makes the batch visible, and looks whether all is as it must be. */
    StoredBatch commit(BatchAttempt attempt) {
        postgres.oneOwner(attempt.owner(), "batch " + attempt.id());
        for (var change : attempt.changes()) {
            boolean left = fate.planted(Plant.HALF_A_BATCH) && change.table().equals(Tables.SILVER_TRANSACTIONS);
            if (change.isChange() && !left) {
                take(attempt, change);
            }
        }
        deferred.add(attempt.garbage());
        attempt.changes().forEach(change -> {
            deferred.add(change.dropped());
            deferred.add(change.droppedMetadata());
        });
        attempt.versions()
                .forEach((table, version) -> book.must(
                        Invariant.OffsetsEqualAcrossTables,
                        version.metadata().equals(pointers.get(table)),
                        () -> "batch " + attempt.id() + " says that " + table + " is " + version.metadata() + ", it is "
                                + pointers.get(table)));
        attempt.checkpoints().forEach(this::complete);
        if (!fate.planted(Plant.DOUBLED_COMMIT)) {
            attempt.checkpoints().forEach(each -> row(each).mark(attempt.id()));
        }
        var batch =
                new StoredBatch(attempt.id(), Instant.EPOCH, attempt.records(), attempt.offsets(), attempt.versions());
        batches.put(attempt.id(), new Committed(batch, attempt.owner()));
        nothingIsMissing();
        goldEqualsSilver("batch " + attempt.id());
        book.must(
                Invariant.OffsetsEqualAcrossTables,
                attempt.offsets().byPartition().equals(reached),
                () -> "batch " + attempt.id() + " says " + attempt.offsets() + ", its tables reach " + reached);
        return batch;
    }

    /** Moves one pointer. */
    private void take(BatchAttempt attempt, TableChange change) {
        var table = change.table().qualifiedName();
        var before = metadata(change.from());
        var after = metadata(change.to());
        boolean gold = change.table().equals(GOLD);
        if (!gold && after.dataFiles().size() < before.dataFiles().size()) {
            book.broken(Invariant.NothingLost, table + " names fewer files in batch " + attempt.id() + " than before");
            return;
        }
        book.must(
                Invariant.SnapshotLineUnbroken,
                Objects.equals(after.parent(), before.snapshot())
                        && (gold
                                || after.dataFiles()
                                        .subList(0, before.dataFiles().size())
                                        .equals(before.dataFiles())),
                () -> "the snapshot of " + table + " in batch " + attempt.id() + " does not follow on the one before");
        book.must(
                Invariant.OffsetsEqualAcrossTables,
                after.batch() == attempt.id()
                        && after.offsets().equals(attempt.offsets().byPartition()),
                () -> table + " says batch " + after.batch() + " with " + after.offsets() + ", it is batch "
                        + attempt.id() + " with " + attempt.offsets());
        book.must(
                Invariant.NothingTwice,
                new HashSet<>(after.dataFiles()).size() == after.dataFiles().size(),
                () -> table + " names a file twice in batch " + attempt.id());
        if (!gold) {
            after.dataFiles()
                    .subList(before.dataFiles().size(), after.dataFiles().size())
                    .forEach(file -> add(table, file));
        }
        pointers.put(table, change.to());
    }

    /** A rewrite's step of one table: the newest batch shows it where it showed what was there before. */
    void replace(TableChange change, @Nullable Long before) {
        var table = change.table().qualifiedName();
        pointers.put(table, change.to());
        deferred.add(change.dropped());
        deferred.add(change.droppedMetadata());
        if (!batches.isEmpty()) {
            var newest = batches.lastEntry().getValue();
            var shown = new HashMap<>(newest.batch().tables());
            var version = shown.get(table);
            if (version != null && Objects.equals(version.snapshot(), before)) {
                shown.put(table, change.version());
                var batch = newest.batch();
                batches.put(
                        batch.id(),
                        new Committed(
                                new StoredBatch(
                                        batch.id(), batch.committedAt(), batch.records(), batch.offsets(), shown),
                                newest.owner()));
            }
        }
    }

    /** What gold counts is what silver holds. */
    void goldEqualsSilver(String when) {
        var counted = new HashMap<LogPartition, Long>();
        for (var path : metadata(pointer(GOLD)).dataFiles()) {
            store.gold(path).ifPresent(file -> counted.merge(file.source(), file.decisions(), Long::sum));
        }
        rows.getOrDefault(Tables.SILVER_TRANSACTIONS.qualifiedName(), Map.of())
                .forEach((source, there) -> book.must(
                        Invariant.GoldEqualsSilver,
                        counted.getOrDefault(source, 0L) == there.cardinality(),
                        () -> "after " + when + " gold counts " + counted.getOrDefault(source, 0L) + " decisions of "
                                + source + ", silver holds " + there.cardinality()));
    }

    private Store.Metadata metadata(String path) {
        var found = store.metadata(path);
        book.must(Invariant.NothingReferencedIsMissing, found.isPresent(), () -> path + " is not there");
        return found.orElse(Store.Metadata.EMPTY);
    }

    private void add(String table, String path) {
        var file = store.dataFile(path);
        book.must(Invariant.NothingReferencedIsMissing, file.isPresent(), () -> path + " is not there");
        file.ifPresent(found -> {
            var there =
                    rows.getOrDefault(table, new HashMap<>()).computeIfAbsent(found.source(), absent -> new BitSet());
            for (var row : found.rows()) {
                book.must(
                        Invariant.NothingTwice,
                        !there.get((int) row.offset()),
                        () -> found.source() + "/" + row.offset() + " is in " + table + " twice");
                there.set((int) row.offset());
                says(table, found.source(), row);
            }
        });
    }

    private void says(String table, LogPartition source, Store.Row row) {
        var fact = truth.of(source, row.offset(), postgres.policyAt(source, row.offset()));
        book.must(
                Invariant.DecisionsFollowTheLog,
                fact.isPresent() && fact.get().content() == row.content(),
                () -> source + "/" + row.offset() + " in " + table + " is not what the log says");
        book.must(
                Invariant.StarFollowsTheLog,
                truth.isStar(source, row, postgres.switches(source)),
                () -> source + "/" + row.offset() + " in " + table + " tells another version of its customer");
    }

    /** Each record of the checkpoint stands in the tables where it belongs, and in no other. */
    private void complete(SealedCheckpoint checkpoint) {
        var source = checkpoint.source();
        long from = reached(source);
        book.must(
                Invariant.NothingLost,
                checkpoint.from() <= from,
                () -> source + " is committed up to " + from + ", then from " + checkpoint.from());
        for (var fact : truth.between(source, from, checkpoint.to(), postgres.switches(source))) {
            for (var table : Tables.RECORDS) {
                boolean wanted = Placement.tables(fact.outcome()).contains(table);
                book.must(
                        Invariant.NothingLost,
                        !wanted || has(table, source, fact.offset()),
                        () -> source + "/" + fact.offset() + " is not in " + table.qualifiedName());
                book.must(
                        Invariant.DecisionsFollowTheLog,
                        wanted || !has(table, source, fact.offset()),
                        () -> source + "/" + fact.offset() + " is in " + table.qualifiedName());
            }
        }
        reached.merge(source, checkpoint.to(), Math::max);
    }

    private boolean has(TableDefinition table, LogPartition source, long offset) {
        var there = rows.getOrDefault(table.qualifiedName(), Map.of()).get(source);
        return there != null && there.get((int) offset);
    }

    /** Everything that a table, or a checkpoint that waits, names is in the store. */
    void nothingIsMissing() {
        pointers.forEach((table, pointer) -> {
            var metadata = metadata(pointer);
            metadata.named().forEach(this::there);
            batches.values().forEach(committed -> canBePinned(committed.batch(), table, metadata));
        });
        for (var row : postgres.waiting()) {
            row.checkpoint.files().forEach(file -> there(file.path()));
        }
    }

    private void canBePinned(StoredBatch batch, String table, Store.Metadata metadata) {
        var version = batch.tables().get(table);
        book.must(
                Invariant.NothingReferencedIsMissing,
                version == null || version.snapshot() == null || metadata.kept().containsKey(version.snapshot()),
                () -> "batch " + batch.id() + " shows a snapshot that " + table + " no longer has");
    }

    private void there(String path) {
        book.must(Invariant.NothingReferencedIsMissing, store.has(path), () -> path + " is not there");
    }

    /** At the end: each table holds each record that belongs there, once, up to the log's end. */
    void checkAtTheEnd(LogPartition source, long end) {
        book.must(
                Invariant.NothingLost,
                reached(source) == end,
                () -> source + " is committed up to " + reached(source) + " of " + end);
        for (var fact : truth.between(source, 0, end, postgres.switches(source))) {
            for (var table : Tables.RECORDS) {
                book.must(
                        Invariant.NothingLost,
                        Placement.tables(fact.outcome()).contains(table) == has(table, source, fact.offset()),
                        () -> source + "/" + fact.offset() + " and " + table.qualifiedName() + " do not agree");
            }
        }
    }

    /** Another engine writes new metadata with the same content. */
    void moveByAnother(TableDefinition table) {
        var content = metadata(pointer(table));
        var path = store.name(table.qualifiedName() + "/foreign", ".metadata.json");
        store.put(path, content);
        pointers.put(table.qualifiedName(), path);
    }

    TableVersion version(TableDefinition table) {
        var pointer = pointer(table);
        return new TableVersion(metadata(pointer).snapshot(), pointer);
    }
}
