package riskcluster.lakehouse.maintain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.table.PersonalTable;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.NamedFiles;
import riskcluster.lakehouse.erase.CustomerVersions;
import riskcluster.lakehouse.erase.ErasedRows;
import riskcluster.lakehouse.erase.ErasureProof;
import riskcluster.lakehouse.erase.ErasureSearch;
import riskcluster.lakehouse.erase.FileAnew;
import riskcluster.lakehouse.erase.FileSearch;
import riskcluster.lakehouse.erase.StarSearch;
import riskcluster.lakehouse.erase.Subject;
import riskcluster.lakehouse.ledger.BatchTable.Committed;
import riskcluster.lakehouse.ledger.LedgerFailure;
import riskcluster.lakehouse.ledger.StoredErasure;
import riskcluster.lakehouse.ledger.StoredErasure.Step;
import riskcluster.lakehouse.maintain.MaintenanceRun.Outcome;
import riskcluster.lakehouse.maintain.Tenure.Answer;

/**
 * Carries erasures of customers to their end, one thing at a time. How far one has come stands in Postgres; each thing
 * may be done again, so whoever maintains next goes on where a dead one stopped.
 */
final class Erasing {

    private static final Logger LOG = LoggerFactory.getLogger(Erasing.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** After a failure, or a search that found something, so many rounds are left to other things. */
    private static final int ROUNDS_ASIDE = 20;

    /** More than come within one look at a table. */
    private static final int BATCHES_MEANWHILE = 32;

    /** The tables that tell of customers, themselves or by what only he pointed to. */
    private static final List<TableDefinition> TELLING = Stream.concat(
                    PersonalTable.ALL.stream().map(PersonalTable::table), Tables.SHARED_DIMENSIONS.stream())
            .toList();

    private final LakeCatalog catalog;
    private final List<TableDefinition> tables;
    private final MaintenanceLedger maintenance;
    private final ErasureLedger ledger;
    private final Tenure tenure;
    private final Expiry expiry;
    private final InstantSource clock;
    private final Supplier<String> names;
    private final StarErasing star;

    /** Files that hold nothing of the customer who is erased now; files never change. */
    private final Set<String> clean = new HashSet<>();

    /** Tables whose manifests were written anew for him; what they still tell is for the proof to say. */
    private final Set<TableDefinition> mended = new HashSet<>();

    private @Nullable UUID looked;
    private int aside;

    /** @param names gives file names of this incarnation that were never used */
    Erasing(
            DataSource database,
            LakeCatalog catalog,
            List<TableDefinition> tables,
            MaintenanceLedger maintenance,
            Tenure tenure,
            Expiry expiry,
            InstantSource clock,
            Supplier<String> names) {
        this.catalog = catalog;
        this.tables = tables;
        this.maintenance = maintenance;
        this.ledger = new ErasureLedger(database);
        this.tenure = tenure;
        this.expiry = expiry;
        this.clock = clock;
        this.names = names;
        this.star = new StarErasing(catalog, tenure, names);
    }

    /** Does the next thing; empty where there is none, or it waits for others. */
    Optional<MaintenanceRun> next(List<Committed> batches) {
        if (aside > 0) {
            aside--;
            return Optional.empty();
        }
        Optional<StoredErasure> open = ledger.open();
        if (open.isEmpty()) {
            return Optional.empty();
        }
        if (!open.get().id().equals(looked)) {
            lookAnew();
            looked = open.get().id();
        }
        Instant start = clock.instant();
        try {
            return next(open.get(), batches, start);
        } catch (LedgerFailure unanswered) {
            throw unanswered;
        } catch (RuntimeException failure) {
            aside = ROUNDS_ASIDE;
            LOG.error(
                    "an erasure failed at {} and is left alone for some rounds",
                    open.get().step(),
                    failure);
            return Optional.of(run("*", new Answer(Outcome.FAILED, String.valueOf(failure)), 0, 0, start));
        }
    }

    private Optional<MaintenanceRun> next(StoredErasure erasure, List<Committed> batches, Instant start) {
        return switch (erasure.step()) {
            case REQUESTED -> Optional.of(moved(ledger.place(tenure.owner(), erasure), "placed", start));
            case PLACED ->
                ledger.onTheirWay(erasure).isPresent()
                        ? Optional.empty()
                        : Optional.of(moved(
                                ledger.move(tenure.owner(), erasure, Step.KNOWN), "known to all partitions", start));
            case KNOWN -> Optional.of(rewrite(erasure, start));
            case REWRITTEN -> Optional.of(dropHistory(erasure, batches, start));
            case HISTORY_DROPPED ->
                ledger.deletionsWait(erasure) || ledger.isRekeying()
                        ? Optional.empty()
                        : Optional.of(prove(erasure, start));
            case DONE -> Optional.empty();
        };
    }

    /** One table at a time: its files, and when no table has one any more, the manifests that still tell of some. */
    private MaintenanceRun rewrite(StoredErasure erasure, Instant start) {
        Subject named = Subject.of(erasure);
        Subject subject = named.withVersions(CustomerVersions.of(catalog, named));
        for (PersonalTable table : PersonalTable.ALL) {
            Optional<FileErasure> due = files(table, subject);
            if (due.isPresent()) {
                return rewritten(due.get(), due.get().written().size(), start);
            }
        }
        Optional<MemberErasure> members = star.due();
        if (members.isPresent()) {
            return rewritten(members.get(), members.get().files().written().size(), start);
        }
        for (TableDefinition table : TELLING) {
            if (!mended.contains(table) && manifestsTell(table, subject)) {
                mended.add(table);
                return rewritten(new ManifestRewrite(tenure.prepare(table)), 0, start);
            }
        }
        return moved(ledger.move(tenure.owner(), erasure, Step.REWRITTEN), "no table shows him", start);
    }

    private MaintenanceRun rewritten(PreparedRewrite rewrite, int files, Instant start) {
        Answer answer = tenure.submit(rewrite);
        return run(rewrite.table().qualifiedName(), answer, files, files, start);
    }

    private void lookAnew() {
        clean.clear();
        mended.clear();
        star.forget();
    }

    private Optional<FileErasure> files(PersonalTable table, Subject subject) {
        FileIO io = catalog.warehouse().io();
        TableMetadata metadata = catalog.load(table.table());
        var rows = new FileAnew(new ErasedRows(table, subject), names);
        Map<String, Optional<DataFile>> written = new HashMap<>();
        var preparation = tenure.prepare(table.table());
        for (DataFile file :
                new TableFiles.Reader(io).read(table.table(), metadata).files()) {
            String path = file.location();
            if (clean.contains(path)) {
                continue;
            }
            if (rows.concerns(metadata, io, path)) {
                written.put(path, rows.write(metadata, io, file));
            } else {
                clean.add(path);
            }
        }
        return written.isEmpty()
                ? Optional.empty()
                : Optional.of(new FileErasure(FileErasure.KIND, preparation, rows, true, clean, written));
    }

    /** Those of the star tell by keys, so an entry of a file that is gone is enough there. */
    private boolean manifestsTell(TableDefinition table, Subject subject) {
        FileIO io = catalog.warehouse().io();
        TableMetadata metadata = catalog.load(table);
        var snapshot = metadata.currentSnapshot();
        var search = new FileSearch(subject, io);
        return snapshot != null
                && snapshot.allManifests(io).stream()
                        .anyMatch(manifest -> Tables.STAR.contains(table) && manifest.hasDeletedFiles()
                                || search.find(table, metadata, manifest.path()).isPresent());
    }

    /** The newest batch shows the new files, and so does every later one; what is older can be pinned no longer. */
    private MaintenanceRun dropHistory(StoredErasure erasure, List<Committed> batches, Instant start) {
        List<Long> ids = batches.stream().map(Committed::id).toList();
        if (ids.size() > 1) {
            tenure.forget(ids.subList(0, ids.size() - 1));
        }
        Set<Long> left = ids.isEmpty() ? Set.of() : from(ids.getLast());
        for (TableDefinition table : TELLING) {
            var kept = new KeptBatches(left, Map.of(), List.of());
            var removal = expiry.erasure(tenure.prepare(table), table, kept);
            if (removal.isPresent()) {
                int snapshots = removal.get().removed().size();
                return run(table.qualifiedName(), tenure.submit(removal.get()), snapshots, 0, start);
            }
        }
        return moved(ledger.dropped(tenure.owner(), erasure), "the history is dropped", start);
    }

    /** This batch and those that come while the history is looked at. */
    private static Set<Long> from(long newest) {
        return LongStream.range(newest, newest + BATCHES_MEANWHILE).boxed().collect(Collectors.toSet());
    }

    /** What was written for nothing before the erasure goes first, as far as it is proven to be nobody's. */
    private MaintenanceRun prove(StoredErasure erasure, Instant start) {
        Subject subject = Subject.of(erasure);
        List<String> orphans = orphans(subject);
        if (!orphans.isEmpty()) {
            tenure.defer(orphans, FileErasure.KIND);
            ledger.waitAgain(tenure.owner(), erasure);
            return run("*", new Answer(Outcome.DONE, "files that nobody names"), orphans.size(), 0, start);
        }
        ErasureProof proof = new ErasureSearch(catalog, subject).search(tables, ledger.hasProfile(erasure));
        if (proof.isClean()) {
            return moved(ledger.finish(tenure.owner(), erasure, json(proof)), "done and proven", start);
        }
        aside = ROUNDS_ASIDE;
        lookAnew();
        ledger.again(tenure.owner(), erasure, json(proof));
        LOG.error(
                "ALARM an erasure is not done: {} files tell of the customer",
                proof.found().size());
        return run(
                "*",
                new Answer(Outcome.FAILED, "files still tell of the customer"),
                proof.found().size(),
                0,
                start);
    }

    private List<String> orphans(Subject subject) {
        FileIO io = catalog.warehouse().io();
        var living = maintenance.living();
        var search = new ErasureSearch(catalog, subject);
        var orphans = new ArrayList<String>();
        var left = new StarSearch(catalog, subject);
        for (TableDefinition table : TELLING) {
            TableMetadata metadata = catalog.load(table);
            Set<String> reachable = NamedFiles.of(metadata, io);
            var files = new FileSearch(subject, io);
            for (String path : search.present(table).keySet()) {
                if (!reachable.contains(path)
                        && living.mayBeOrphan(path)
                        && (files.find(table, metadata, path).isPresent() || left.isLeft(table, path))) {
                    orphans.add(path);
                }
            }
        }
        return orphans;
    }

    private MaintenanceRun moved(boolean ours, String what, Instant start) {
        return run("*", new Answer(ours ? Outcome.DONE : Outcome.REFUSED, ours ? what : "deposed"), 0, 0, start);
    }

    private MaintenanceRun run(String table, Answer answer, int before, int after, Instant start) {
        long took = Duration.between(start, clock.instant()).toMillis();
        return new MaintenanceRun(
                table, FileErasure.KIND, answer.outcome(), before, after, 0, start, took, answer.why());
    }

    private static String json(ErasureProof proof) {
        try {
            return JSON.writeValueAsString(proof);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
