package riskcluster.simulation.world;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.commit.TableChange;
import riskcluster.simulation.fault.Fate;
import riskcluster.simulation.fault.Invariant;
import riskcluster.simulation.fault.Plant;

/** The rewrites that were committed, and the transaction that commits one: both epochs, the pointer, the newest batch. */
final class RewriteRows {

    /** What the transaction said. */
    enum Landing {
        DONE,
        COMMITTER_DEPOSED,
        OWNER_DEPOSED,
        POINTER_LOST
    }

    private final Fate fate;
    private final Book book;
    private final Store store;
    private final Postgres postgres;
    private final Lakehouse lakehouse;
    private final Set<UUID> committed = new HashSet<>();

    RewriteRows(Fate fate, Book book, Store store, Postgres postgres, Lakehouse lakehouse) {
        this.fate = fate;
        this.book = book;
        this.store = store;
        this.postgres = postgres;
        this.lakehouse = lakehouse;
    }

    boolean contains(UUID rewrite) {
        return committed.contains(rewrite);
    }

    /** What speaks against it; empty where nothing does. */
    Optional<Landing> refusal(Ownership committer, TableRewrite rewrite, TableChange change) {
        if (!postgres.stands(committer) && !fate.planted(Plant.STALE_COMMITTER_ACCEPTED)) {
            return Optional.of(Landing.COMMITTER_DEPOSED);
        }
        if (!postgres.stands(rewrite.owner()) && !fate.planted(Plant.STALE_MAINTENANCE_ACCEPTED)) {
            return Optional.of(Landing.OWNER_DEPOSED);
        }
        return lakehouse.pointer(change.table()).equals(change.from())
                ? Optional.empty()
                : Optional.of(Landing.POINTER_LOST);
    }

    /** Makes it count, and looks whether the table holds what it held. */
    void land(Ownership committer, TableRewrite rewrite, TableChange change) {
        var what = rewrite.kind() + " of " + rewrite.table().qualifiedName();
        postgres.oneOwner(committer, what);
        postgres.oneOwner(rewrite.owner(), what);
        var before = store.metadata(change.from()).orElse(Store.Metadata.EMPTY);
        var after = store.metadata(change.to()).orElse(Store.Metadata.EMPTY);
        book.must(
                Invariant.SnapshotLineUnbroken,
                Objects.equals(after.snapshot(), before.snapshot())
                        || Objects.equals(after.parent(), before.snapshot()),
                () -> what + " does not follow on the snapshot before");
        book.must(
                Invariant.OffsetsEqualAcrossTables,
                after.batch() == before.batch() && after.offsets().equals(before.offsets()),
                () -> what + " says batch " + after.batch() + ", it shows batch " + before.batch());
        sameRows(what, rows(before), rows(after));
        lakehouse.replace(change, before.snapshot());
        committed.add(rewrite.id());
        lakehouse.goldEqualsSilver(what);
        lakehouse.nothingIsMissing();
    }

    private void sameRows(String what, Map<LogPartition, BitSet> before, Map<LogPartition, BitSet> after) {
        before.forEach((source, there) -> {
            var lost = (BitSet) there.clone();
            lost.andNot(after.getOrDefault(source, new BitSet()));
            book.must(Invariant.NothingLost, lost.isEmpty(), () -> what + " loses " + lost + " of " + source);
        });
        after.forEach((source, there) -> {
            var more = (BitSet) there.clone();
            more.andNot(before.getOrDefault(source, new BitSet()));
            book.must(Invariant.NothingTwice, more.isEmpty(), () -> what + " adds " + more + " of " + source);
        });
    }

    private Map<LogPartition, BitSet> rows(Store.Metadata table) {
        var rows = new HashMap<LogPartition, BitSet>();
        for (var path : table.dataFiles()) {
            store.dataFile(path).ifPresent(file -> {
                var there = rows.computeIfAbsent(file.source(), absent -> new BitSet());
                for (var row : file.rows()) {
                    book.must(
                            Invariant.NothingTwice,
                            !there.get((int) row.offset()),
                            () -> file.source() + "/" + row.offset() + " is there twice");
                    there.set((int) row.offset());
                }
            });
        }
        return rows;
    }
}
