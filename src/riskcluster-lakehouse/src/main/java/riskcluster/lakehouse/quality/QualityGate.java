package riskcluster.lakehouse.quality;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.lakehouse.ledger.SealedCheckpoint;
import riskcluster.lakehouse.ledger.Transactions;

/**
 * The rules that every batch is held to before its commit. A batch that breaks one is committed all the same, since its
 * records are already decided; it is told, and marked. Used by one thread at a time.
 */
public final class QualityGate {

    private static final Logger LOG = LoggerFactory.getLogger(QualityGate.class);

    /** The batches that say what is usual. */
    private static final int EARLIER_BATCHES = 20;

    private final Transactions transactions;
    private final List<QualityRule> rules;
    private final List<ColumnRange> ranges;
    private final QualityListener listener;

    /** As the last committed batch left them. */
    private final Set<QualityRule> broken = new HashSet<>();

    private long staged;
    private List<QualityResult> found = List.of();

    /** A gate without rules lets everything pass and writes nothing. */
    public QualityGate(
            DataSource database,
            Collection<QualityRule> rules,
            Collection<ColumnRange> ranges,
            QualityListener listener) {
        this.transactions = new Transactions(database);
        this.rules = List.copyOf(rules);
        this.ranges = List.copyOf(ranges);
        this.listener = listener;
    }

    /** A gate without rules. */
    public static QualityGate open(DataSource database) {
        return new QualityGate(database, List.of(), List.of(), QualityListener.NONE);
    }

    /**
     * What the rules find in a batch of these checkpoints; nothing where there are no rules.
     *
     * @param sealedAt when the newest of them was sealed
     */
    public List<QualityResult> check(long batch, List<SealedCheckpoint> checkpoints, Instant sealedAt) {
        if (rules.isEmpty()) {
            return List.of();
        }
        List<Long> earlier =
                transactions.atOneMoment("find the last batches", connection -> earlier(connection, batch));
        var figures = BatchFigures.of(checkpoints, sealedAt, earlier);
        staged = batch;
        found = rules.stream()
                .map(rule -> QualityResult.of(rule, figures.measured(rule.table(), rule.measure(), ranges)))
                .toList();
        return found;
    }

    /** The batch counts: what was found is told. */
    public void landed(long batch) {
        if (batch == staged && !found.isEmpty()) {
            logChanges(batch);
            listener.found(batch, found);
            found = List.of();
        }
    }

    /** A rule may stay broken for a thousand batches, of which the first and the one after the last are news. */
    private void logChanges(long batch) {
        for (QualityResult result : found) {
            if (!result.passed() && broken.add(result.rule())) {
                LOG.warn("batch {} breaks a quality rule: {}", batch, result);
            } else if (result.passed() && broken.remove(result.rule())) {
                LOG.info("batch {} keeps it again: {}", batch, result);
            }
        }
    }

    private static List<Long> earlier(Connection connection, long batch) throws SQLException {
        var records = new ArrayList<Long>();
        try (var statement =
                connection.prepareStatement("SELECT records FROM rc_batch WHERE id < ? ORDER BY id DESC LIMIT ?")) {
            statement.setLong(1, batch);
            statement.setInt(2, EARLIER_BATCHES);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    records.add(row.getLong(1));
                }
            }
        }
        return records;
    }
}
