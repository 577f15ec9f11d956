package riskcluster.lakehouse.read;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.CatalogRows;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.ledger.BatchTable;
import riskcluster.lakehouse.ledger.BatchTable.Committed;
import riskcluster.lakehouse.ledger.Offsets;
import riskcluster.lakehouse.ledger.StoredBatch;
import riskcluster.lakehouse.ledger.StoredBatch.TableVersion;
import riskcluster.lakehouse.ledger.Transactions;

/** A batch as people name it: by its number, by a snapshot that it shows, by a tag, or by a time. */
public final class BatchChoice {

    private static final int NAMED_MAX = 8;

    private BatchChoice() {}

    /** What came of looking for a batch. */
    public sealed interface Choice {

        /** There is one. */
        record Found(long id) implements Choice {}

        /** There is none. */
        record Unknown(String why) implements Choice {}
    }

    /**
     * The batch that this text means.
     *
     * @param text a batch's number, a snapshot's id in any table, the name of a tag, or a time, which stands for the
     *     newest batch that was visible then: {@code 2026-01-06T10:00:00Z}, or a day for its end in UTC
     */
    public static Choice find(DataSource database, LakeCatalog catalog, String text) {
        var batches = new Transactions(database).atOneMoment("list the batches", BatchTable::all);
        Optional<Instant> time = time(text);
        OptionalLong id = time.isPresent() ? visible(batches, time.get()) : named(database, catalog, batches, text);
        return id.isPresent()
                ? new Choice.Found(id.getAsLong())
                : new Choice.Unknown("no batch that is kept is " + (time.isPresent() ? "as old as " : "called ") + text
                        + "; "
                        + kept(
                                batches,
                                tags(database, catalog).keySet().stream().toList(),
                                text));
    }

    /** The offsets at which this batch ends; empty where it is not kept. */
    public static Optional<Offsets> offsets(DataSource database, long id) {
        return new Transactions(database)
                .atOneMoment("find batch " + id, connection -> BatchTable.find(connection, id))
                .map(StoredBatch::offsets);
    }

    /** What there is to choose from, in words. */
    public static String kept(DataSource database, LakeCatalog catalog) {
        var batches = new Transactions(database).atOneMoment("list the batches", BatchTable::all);
        return kept(batches, tags(database, catalog).keySet().stream().toList(), "");
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(
                    text.contains("T")
                            ? OffsetDateTime.parse(text).toInstant()
                            : LocalDate.parse(text)
                                    .plusDays(1)
                                    .atStartOfDay(ZoneOffset.UTC)
                                    .toInstant()
                                    .minus(1, ChronoUnit.MICROS));
        } catch (DateTimeException noTime) {
            return Optional.empty(); // it may be a number or a tag
        }
    }

    private static OptionalLong visible(List<Committed> batches, Instant time) {
        return batches.stream()
                .filter(batch -> !batch.at().isAfter(time))
                .mapToLong(Committed::id)
                .max();
    }

    private static OptionalLong named(DataSource database, LakeCatalog catalog, List<Committed> batches, String text) {
        if (text.matches("[0-9]{1,19}")) {
            var number = new BigInteger(text);
            if (batches.stream().anyMatch(batch -> number.equals(BigInteger.valueOf(batch.id())))) {
                return OptionalLong.of(number.longValueExact());
            }
            return number.bitLength() < Long.SIZE
                    ? new Transactions(database)
                            .atOneMoment(
                                    "find snapshot " + text,
                                    connection -> showing(connection, batches, number.longValue()))
                    : OptionalLong.empty();
        }
        Long tagged = tags(database, catalog).get(text);
        return tagged == null ? OptionalLong.empty() : OptionalLong.of(tagged);
    }

    /** The first batch that shows the snapshot. */
    private static OptionalLong showing(Connection connection, List<Committed> batches, long snapshot)
            throws SQLException {
        for (StoredBatch batch :
                BatchTable.these(connection, batches.stream().map(Committed::id).toList())) {
            for (TableVersion version : batch.tables().values()) {
                if (version.snapshot() != null && version.snapshot() == snapshot) {
                    return OptionalLong.of(batch.id());
                }
            }
        }
        return OptionalLong.empty();
    }

    /**
     * By tag the batch that it shows. Tables that did not change in a batch are tagged at a snapshot of an earlier one, so
     * the newest batch among the tables' snapshots is the one that was tagged, or shows the same rows.
     */
    private static Map<String, Long> tags(DataSource database, LakeCatalog catalog) {
        var pointers = new Transactions(database)
                .atOneMoment("find the tables", connection -> CatalogRows.pointers(connection, Tables.ALL));
        var tags = new TreeMap<String, Long>();
        for (String pointer : pointers.values()) {
            var metadata = catalog.read(pointer);
            metadata.refs().forEach((name, ref) -> {
                var snapshot = metadata.snapshot(ref.snapshotId());
                String batch = snapshot == null ? null : snapshot.summary().get("rc.batch-id");
                if (ref.isTag() && batch != null) {
                    tags.merge(name, Long.valueOf(batch), Math::max);
                }
            });
        }
        return tags;
    }

    private static String kept(List<Committed> batches, List<String> tags, String near) {
        if (batches.isEmpty()) {
            return "the lake has no batch yet";
        }
        var first = batches.getFirst();
        var last = batches.getLast();
        return "kept are " + batches.size() + " batches from " + first.id() + " (" + first.at() + ") to " + last.id()
                + " (" + last.at() + ")" + nearest(batches, near) + tags(tags);
    }

    private static String nearest(List<Committed> batches, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            return "";
        }
        long wanted = Long.parseLong(text);
        var below = batches.stream()
                .mapToLong(Committed::id)
                .filter(id -> id < wanted)
                .max();
        var above = batches.stream()
                .mapToLong(Committed::id)
                .filter(id -> id > wanted)
                .min();
        return ", nearest "
                + LongStream.concat(below.stream(), above.stream())
                        .mapToObj(Long::toString)
                        .collect(Collectors.joining(" and "));
    }

    private static String tags(List<String> tags) {
        if (tags.isEmpty()) {
            return "; no tags";
        }
        return "; tags "
                + tags.stream().skip(Math.max(0, tags.size() - NAMED_MAX)).collect(Collectors.joining(", "))
                + (tags.size() > NAMED_MAX ? " and " + (tags.size() - NAMED_MAX) + " older" : "");
    }
}
