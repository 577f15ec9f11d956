package riskcluster.lakehouse.maintain;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.correct.CorrectableColumns;
import riskcluster.lakehouse.correct.FileCorrection;
import riskcluster.lakehouse.correct.NewDecisions;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.CorrectionTable;
import riskcluster.lakehouse.ledger.CorrectionTable.Portion;
import riskcluster.lakehouse.ledger.LedgerFailure;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.RekeyTable;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.StoredCorrection;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.maintain.MaintenanceRun.Outcome;
import riskcluster.lakehouse.maintain.PublishedRange.Prepared;
import riskcluster.lakehouse.maintain.Tenure.Answer;

/**
 * Publishes corrections, the oldest first, each in one batch. What a correction wants stands in Postgres until the
 * transaction that publishes it, so whoever maintains next does again what a dead one had not committed.
 */
final class Correcting {

    private static final Logger LOG = LoggerFactory.getLogger(Correcting.class);

    /** After a failure so many rounds are left to other things. */
    private static final int ROUNDS_ASIDE = 20;

    /** The tables had moved on, or the committer had something else to do. */
    private static final int ROUNDS_AFTER_REFUSAL = 1;

    /** A correction that fails this often is given up, so that those after it have their turn. */
    private static final int TRIES_MAX = 50;

    /** One that no later try can help. */
    private static final int AT_ONCE = 1;

    private static final String OVERTAKEN =
            "the lake went back to a savepoint after it was asked for: ask for it again";

    private final LakeCatalog catalog;
    private final Transactions transactions;
    private final Tenure tenure;
    private final MaintainSteps steps;
    private final InstantSource clock;

    private int aside;

    /** @param isOvertaken it was asked for before the lake went back to a savepoint */
    private record Due(StoredCorrection correction, boolean isOvertaken) {}

    Correcting(DataSource database, LakeCatalog catalog, Tenure tenure, MaintainSteps steps, InstantSource clock) {
        this.catalog = catalog;
        this.transactions = new Transactions(database);
        this.tenure = tenure;
        this.steps = steps;
        this.clock = clock;
    }

    /** Publishes the next one, or tries to; empty where none waits. */
    Optional<MaintenanceRun> next() {
        if (aside > 0) {
            aside--;
            return Optional.empty();
        }
        return transactions.atOneMoment("look for corrections", Correcting::due).map(this::run);
    }

    /** The next one, if its turn has come. */
    private static Optional<Due> due(Connection connection) throws SQLException {
        Optional<StoredCorrection> open = CorrectionTable.open(connection);
        if (open.isEmpty()) {
            return Optional.empty();
        }
        var due = new Due(
                open.get(), CorrectionTable.isOvertaken(connection, open.get().id()));
        return due.isOvertaken() || isReached(connection, due.correction()) && !isRekeying(connection)
                ? Optional.of(due)
                : Optional.empty();
    }

    /** A lake that went back to an earlier batch must come as far as the correction again before it can be published. */
    private static boolean isReached(Connection connection, StoredCorrection correction) throws SQLException {
        var reached = BatchTable.newest(connection)
                .map(StoredBatch::offsets)
                .orElse(Offsets.NONE)
                .byPartition();
        return correction.spans().stream().allMatch(span -> span.to() <= reached.getOrDefault(span.source(), 0L));
    }

    /** On its way silver has names by which gold's windows do not know their customers yet. */
    private static boolean isRekeying(Connection connection) throws SQLException {
        return RekeyTable.open(connection).isPresent();
    }

    private MaintenanceRun run(Due due) {
        if (!due.isOvertaken()) {
            return publish(due.correction());
        }
        tried(due.correction(), OVERTAKEN, 0, AT_ONCE);
        return run(givenUp(due.correction(), OVERTAKEN), 0, clock.instant());
    }

    private MaintenanceRun publish(StoredCorrection correction) {
        Instant start = clock.instant();
        try {
            PublishedRange range = prepare(correction);
            steps.reached(MaintainSteps.Step.FILES_WRITTEN);
            Answer answer = tenure.submit(range);
            int files = range.written().size();
            if (answer.outcome() != Outcome.DONE && !tenure.isDeposed()) {
                tenure.defer(range.written(), "refused " + PublishedRange.KIND);
                return run(refused(correction, answer), files, start);
            }
            return run(answer, files, start);
        } catch (LedgerFailure unanswered) {
            throw unanswered;
        } catch (RuntimeException failure) {
            LOG.error(
                    "correction {} failed and is left alone for {} rounds; nothing was changed",
                    correction.number(),
                    ROUNDS_ASIDE,
                    failure);
            tried(correction, String.valueOf(failure.getMessage()), ROUNDS_ASIDE, TRIES_MAX);
            return run(new Answer(Outcome.FAILED, String.valueOf(failure)), 0, start);
        }
    }

    /** The next one has its turn at once where this one never will. */
    private Answer refused(StoredCorrection correction, Answer answer) {
        if (!answer.isFinal()) {
            tried(correction, answer.why(), ROUNDS_AFTER_REFUSAL, TRIES_MAX);
            return answer;
        }
        tried(correction, answer.why(), 0, AT_ONCE);
        return givenUp(correction, answer.why());
    }

    private static Answer givenUp(StoredCorrection correction, String why) {
        String told = "correction " + correction.number() + " is given up, nothing was changed: " + why;
        LOG.warn("{}", told);
        return new Answer(Outcome.REFUSED, told, true);
    }

    private void tried(StoredCorrection correction, String why, int rounds, int triesMax) {
        aside = rounds;
        transactions.holding(
                "note a try",
                tenure.owner(),
                connection -> CorrectionTable.tried(connection, correction.id(), why, triesMax));
    }

    private PublishedRange prepare(StoredCorrection correction) {
        var preparation = tenure.prepare(Tables.SILVER_TRANSACTIONS);
        var decisions = NewDecisions.of(portions(correction));
        String owner = preparation.owner().scope() + "-e" + preparation.owner().epoch();
        // asked by two threads, and without hyphens, at which readers of names take scope and epoch apart
        Supplier<String> names =
                () -> owner + "-" + UUID.randomUUID().toString().replace("-", "") + ".parquet";
        Map<TableDefinition, Prepared> prepared = new HashMap<>();
        for (CorrectableColumns columns : CorrectableColumns.values()) {
            prepared.put(columns.table(), prepare(columns.table(), new FileCorrection(columns, decisions, names)));
        }
        return new PublishedRange(preparation, correction, prepared);
    }

    private Prepared prepare(TableDefinition table, FileCorrection files) {
        FileIO io = catalog.warehouse().io();
        TableMetadata metadata = catalog.load(table);
        var untouched = new HashSet<String>();
        var written = new HashMap<String, FileCorrection.Corrected>();
        for (DataFile file : files.candidates(metadata, io)) {
            files.correct(metadata, io, file)
                    .ifPresentOrElse(one -> written.put(file.location(), one), () -> untouched.add(file.location()));
        }
        return new Prepared(files, untouched, written);
    }

    private List<Portion> portions(StoredCorrection correction) {
        return transactions.atOneMoment("read a correction", connection -> {
            var portions = new ArrayList<Portion>();
            CorrectionTable.portions(connection, correction.id(), portions::add);
            return portions;
        });
    }

    private MaintenanceRun run(Answer answer, int files, Instant start) {
        return new MaintenanceRun(
                Tables.SILVER_TRANSACTIONS.qualifiedName(),
                PublishedRange.KIND,
                answer.outcome(),
                files,
                files,
                0,
                start,
                Duration.between(start, clock.instant()).toMillis(),
                answer.why());
    }
}
