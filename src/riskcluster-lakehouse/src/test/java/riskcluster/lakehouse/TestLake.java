package riskcluster.lakehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Cursors;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.ProfileCut;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.table.TableDefinition;
import riskcluster.contracts.table.Tables;
import riskcluster.lakehouse.catalog.LakeCatalog;
import riskcluster.lakehouse.catalog.LocalFileIO;
import riskcluster.lakehouse.catalog.StagedTable;
import riskcluster.lakehouse.catalog.Warehouse;
import riskcluster.lakehouse.commit.CommitSteps;
import riskcluster.lakehouse.commit.Committer;
import riskcluster.lakehouse.ledger.PostgresLedger;
import riskcluster.lakehouse.write.IcebergLake;

/** A whole lake in a temporary folder and a database of its own, with partitions that write and seal. */
public final class TestLake implements AutoCloseable {

    public final HikariDataSource database = TestDatabase.open();
    public final CountingFiles files = new CountingFiles(new LocalFileIO());
    public final LakeCatalog catalog;
    public final PostgresLedger ledger = new PostgresLedger(database, (source, customers) -> {});

    private final IcebergLake lake;
    private final Map<LogPartition, Ownership> owners = new HashMap<>();
    private final Map<LogPartition, Long> ends = new HashMap<>();
    private final Map<LogPartition, Long> watermarks = new HashMap<>();

    /** A lake without gold. */
    public TestLake(Path folder) {
        this(folder, false);
    }

    public TestLake(Path folder, boolean gold) {
        var warehouse = new Warehouse("file://" + folder.toAbsolutePath(), files);
        catalog = new LakeCatalog(database, warehouse);
        catalog.createMissing(Tables.ALL);
        lake = new IcebergLake(warehouse, gold);
        files.take();
    }

    public Committer committer() {
        return committer(database, CommitSteps.NONE);
    }

    public Committer committer(DataSource over, CommitSteps steps) {
        return new Committer(over, catalog, UUID.randomUUID(), steps);
    }

    /** Writes so many decided records at the partition's end and seals them as one checkpoint. */
    public void seal(int partition, int records) {
        var source = new LogPartition("transactions", partition);
        long from = end(source);
        seal(
                source,
                LongStream.range(from, from + records)
                        .mapToObj(offset -> Samples.decided(source, offset, Samples.DAY_ZERO_MICROS + offset))
                        .toList());
    }

    /** Writes these records and seals them as one checkpoint. */
    public void seal(LogPartition source, List<Judged> records) {
        Ownership owner = owners.computeIfAbsent(source, place -> ledger.take(place, UUID.randomUUID(), "topic-id", 0));
        var writer = lake.open(owner, source);
        writer.watermark(watermarks.getOrDefault(source, Long.MIN_VALUE));
        writer.write(records, 1);
        long from = end(source);
        long to = records.getLast().record().offset() + 1;
        Answer answer = ledger.seal(
                owner,
                new Checkpoint(
                        source,
                        from,
                        to,
                        to,
                        Long.MIN_VALUE,
                        records.size(),
                        writer.tombstones(),
                        writer.stage(),
                        writer.partials()));
        writer.abandon();
        assertThat(answer).isEqualTo(Answer.DONE);
        ends.put(source, to);
        records.forEach(record -> {
            if (record.outcome() instanceof Outcome.Decided(var decision)) {
                watermarks.merge(source, decision.transaction().eventTimeMicros(), Math::max);
            }
        });
    }

    /** Places a policy in the partition; {@code previous} is the one placed last. */
    public void place(LogPartition source, @Nullable PolicySwitch previous, long offset, StoredPolicy policy) {
        Ownership owner = owners.computeIfAbsent(source, place -> ledger.take(place, UUID.randomUUID(), "topic-id", 0));
        assertThat(ledger.place(owner, source, Optional.ofNullable(previous), offset, policy))
                .isEqualTo(Answer.DONE);
    }

    /** A new owner of the partition, who knows who was erased. */
    public void reopen(LogPartition source) {
        Ownership owner = ledger.take(source, UUID.randomUUID(), "topic-id", 0);
        owners.put(source, owner);
        ledger.acknowledge(owner, source, ledger.erased());
    }

    /** A new owner of a partition that was taken back, which goes on from there. */
    public Cursors reopenAt(LogPartition source) {
        reopen(source);
        var cursors =
                ledger.read(Objects.requireNonNull(owners.get(source)), source).orElseThrow();
        ends.put(source, cursors.data());
        watermarks.remove(source);
        return cursors;
    }

    /** Saves these profiles as of the end of what is sealed. */
    public Answer save(LogPartition source, long from, List<StoredProfile> profiles) {
        var cut = new ProfileCut(source, from, end(source), 4, new byte[] {1, (byte) end(source)}, profiles);
        return ledger.save(Objects.requireNonNull(owners.get(source)), cut);
    }

    public long end(LogPartition source) {
        return ends.getOrDefault(source, 0L);
    }

    /** The table as it is now. */
    public Table table(TableDefinition definition) {
        return new BaseTable(
                new StagedTable(catalog.warehouse().io(), "read-e0", catalog.load(definition)),
                definition.qualifiedName(),
                report -> {});
    }

    /** The table's files, the oldest first. */
    public List<DataFile> files(TableDefinition definition) {
        try (var files = CloseableIterable.transform(table(definition).newScan().planFiles(), task -> task.file())) {
            return StreamSupport.stream(files.spliterator(), false)
                    .sorted(Comparator.comparing(DataFile::dataSequenceNumber).thenComparing(DataFile::location))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Coordinates of the table's rows, {@code partition/offset}. */
    public List<String> coordinates(TableDefinition definition) {
        String prefix = definition.namespace().equals("silver") ? "source_" : "";
        var coordinates = new ArrayList<String>();
        try (var rows = IcebergGenerics.read(table(definition))
                .select(prefix + "partition", prefix + "offset")
                .build()) {
            for (Record row : rows) {
                coordinates.add(row.getField(prefix + "partition") + "/" + row.getField(prefix + "offset"));
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return coordinates;
    }

    /** Every sealed record is in bronze and silver once. */
    public void assertEverythingOnce() {
        var expected = new ArrayList<String>();
        ends.forEach((source, end) ->
                LongStream.range(0, end).forEach(offset -> expected.add(source.partition() + "/" + offset)));
        assertThat(coordinates(Tables.BRONZE_TRANSACTIONS)).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(coordinates(Tables.SILVER_TRANSACTIONS)).containsExactlyInAnyOrderElementsOf(expected);
    }

    public long count(String sql) {
        return Long.parseLong(text(sql));
    }

    public String text(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            String text = row.getString(1);
            connection.rollback();
            return text;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public void execute(String sql) {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        database.close();
    }
}
