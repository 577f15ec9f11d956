package riskcluster.lakehouse.maintain;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.erase.FileAnew;
import riskcluster.lakehouse.erase.RowChange;
import riskcluster.lakehouse.gold.RenamedWindows;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.ErasureTable;
import riskcluster.lakehouse.ledger.LedgerFailure;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.RekeyTable;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.StoredErasure.Step;
import riskcluster.lakehouse.ledger.StoredRekey;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.maintain.MaintenanceRun.Outcome;
import riskcluster.lakehouse.maintain.Tenure.Answer;
import riskcluster.lakehouse.rekey.NewNames;
import riskcluster.lakehouse.rekey.PseudonymKeys;
import riskcluster.lakehouse.rekey.RekeyedRows;

/**
 * Carries a rekey to its end, some files of one table at a time. What is left to do is what the tables still show, so
 * whoever maintains next goes on where a dead one stopped.
 */
final class Rekeying {

    static final String KIND = "rekey";

    private static final Logger LOG = LoggerFactory.getLogger(Rekeying.class);

    /** So many bytes are written at one go, more or less, so that a crash loses no more. */
    private static final long BYTES_AT_ONCE = 256L << 20;

    /** After a failure so many rounds are left to other things. */
    private static final int ROUNDS_ASIDE = 20;

    private final LakeCatalog catalog;
    private final Transactions transactions;
    private final Tenure tenure;
    private final PseudonymKeys keys;
    private final InstantSource clock;
    private final Supplier<String> fileNames;
    private final StarRekeying star;

    /** Files without an old name; files never change. */
    private final Set<String> clean = new HashSet<>();

    private @Nullable UUID looked;
    private @Nullable NewNames names;
    private int aside;

    /** @param fileNames gives file names of this incarnation that were never used */
    Rekeying(
            DataSource database,
            LakeCatalog catalog,
            Tenure tenure,
            PseudonymKeys keys,
            InstantSource clock,
            Supplier<String> fileNames) {
        this.catalog = catalog;
        this.transactions = new Transactions(database);
        this.tenure = tenure;
        this.keys = keys;
        this.clock = clock;
        this.fileNames = fileNames;
        this.star = new StarRekeying(catalog, tenure, fileNames);
    }

    /** Does the next thing; empty where there is none, or it waits for others. */
    Optional<MaintenanceRun> next() {
        if (aside > 0) {
            aside--;
            return Optional.empty();
        }
        Wishes wishes = transactions.atOneMoment("look for rekeys", Rekeying::wishes);
        Optional<StoredRekey> due = wishes.due();
        if (due.isEmpty()) {
            names = null;
            looked = null;
            clean.clear();
        }
        Instant start = clock.instant();
        try {
            return due.isPresent() ? Optional.of(next(due.get(), start)) : unlink(wishes, start);
        } catch (LedgerFailure unanswered) {
            throw unanswered;
        } catch (RuntimeException failure) {
            aside = ROUNDS_ASIDE;
            LOG.error("a rekey failed and is left alone for some rounds", failure);
            return Optional.of(run("*", new Answer(Outcome.FAILED, String.valueOf(failure)), 0, start));
        }
    }

    /**
     * What was asked for.
     *
     * @param due what can be gone on with
     * @param done the newest version to which everything was rekeyed; 0 before the first time, and while others wait
     */
    private record Wishes(Optional<StoredRekey> due, int done) {}

    private static Wishes wishes(Connection connection) throws SQLException {
        Map<?, Long> committed = BatchTable.newest(connection)
                .map(StoredBatch::offsets)
                .orElse(Offsets.NONE)
                .byPartition();
        boolean erasing = ErasureTable.open(connection)
                .filter(erasure -> erasure.step().compareTo(Step.REWRITTEN) < 0)
                .isPresent();
        var all = RekeyTable.all(connection);
        var open = all.stream().filter(rekey -> !rekey.isDone()).findFirst();
        return new Wishes(
                open.filter(rekey -> !erasing
                        && rekey.places().entrySet().stream()
                                .allMatch(place -> committed.getOrDefault(place.getKey(), 0L) >= place.getValue())),
                erasing || open.isPresent()
                        ? 0
                        : all.stream().mapToInt(StoredRekey::version).max().orElse(0));
    }

    /** A customer who comes back after a rekey leads to his former name once more. */
    private Optional<MaintenanceRun> unlink(Wishes wishes, Instant start) {
        return wishes.done() == 0
                ? Optional.empty()
                : star.unlink(wishes.done()).map(due -> submitted(due, start));
    }

    private MaintenanceRun submitted(StarRekeying.Due due, Instant start) {
        String table = due.rewrite().table().qualifiedName();
        return run(table, tenure.submit(due.rewrite()), due.files(), start);
    }

    private MaintenanceRun next(StoredRekey rekey, Instant start) {
        NewNames now = names(rekey);
        for (TableDefinition table : RekeyedRows.TABLES) {
            Optional<FileErasure> due = files(table, new RekeyedRows(table, now));
            if (due.isPresent()) {
                return run(
                        table.qualifiedName(),
                        tenure.submit(due.get()),
                        due.get().written().size(),
                        start);
            }
        }
        for (TableDefinition table : Tables.CORRECTED) {
            var windows = new RenamedWindows(table, now::of, now::ofHash);
            var preparation = tenure.prepare(table);
            if (isConcerned(table, windows)) {
                return run(
                        table.qualifiedName(), tenure.submit(new WindowRekey(preparation, windows, clean)), 1, start);
            }
        }
        var inTheStar = star.due(now, rekey.version(), this::files);
        if (inTheStar.isPresent()) {
            return submitted(inTheStar.get(), start);
        }
        boolean ours = transactions.holding(
                "finish a rekey", tenure.owner(), connection -> RekeyTable.finish(connection, rekey.id()));
        return run("*", new Answer(ours ? Outcome.DONE : Outcome.REFUSED, ours ? "done" : "deposed"), 0, start);
    }

    /** Everything that was decided under older keys stands in bronze by now. */
    private NewNames names(StoredRekey rekey) {
        NewNames known = names;
        if (known == null || !rekey.id().equals(looked)) {
            clean.clear();
            known = NewNames.of(catalog, keys, rekey.version());
            names = known;
            looked = rekey.id();
        }
        return known;
    }

    private Optional<FileErasure> files(TableDefinition table, RowChange change) {
        FileIO io = catalog.warehouse().io();
        var preparation = tenure.prepare(table);
        TableMetadata metadata = catalog.load(table);
        var rows = new FileAnew(change, fileNames);
        Map<String, Optional<DataFile>> written = new HashMap<>();
        long bytes = 0;
        for (DataFile file : new TableFiles.Reader(io).read(table, metadata).files()) {
            String path = file.location();
            if (clean.contains(path) || bytes >= BYTES_AT_ONCE) {
                continue;
            }
            if (rows.concerns(metadata, io, path)) {
                bytes += file.fileSizeInBytes();
                written.put(path, rows.write(metadata, io, file));
            } else {
                clean.add(path);
            }
        }
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(new FileErasure(KIND, preparation, rows, false, clean, written));
    }

    private boolean isConcerned(TableDefinition table, RenamedWindows windows) {
        FileIO io = catalog.warehouse().io();
        for (DataFile file :
                new TableFiles.Reader(io).read(table, catalog.load(table)).files()) {
            String path = file.location();
            if (!clean.contains(path)) {
                if (windows.concerns(io, path)) {
                    return true;
                }
                clean.add(path);
            }
        }
        return false;
    }

    private MaintenanceRun run(String table, Answer answer, int files, Instant start) {
        long took = Duration.between(start, clock.instant()).toMillis();
        return new MaintenanceRun(table, KIND, answer.outcome(), files, files, 0, start, took, answer.why());
    }
}
