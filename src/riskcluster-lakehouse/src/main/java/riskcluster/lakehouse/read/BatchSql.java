package riskcluster.lakehouse.read;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.TableDefinition;

/**
 * SQL over the tables of one pinned batch, by an engine inside this process. It reads, and nothing else: no file but
 * those of the batch, no network, no setting to be changed. Used by one thread at a time.
 */
public final class BatchSql implements AutoCloseable {

    /** A query may not take the memory that the pipeline needs. */
    private static final String MEMORY_MAX = "1GB";

    private static final int THREADS_MAX = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection engine;
    private final LocalCopies copies = new LocalCopies();
    private volatile @Nullable Statement running;

    /** Opens the engine with a view {@code namespace.name}, and {@code namespace_name}, for each table. */
    public BatchSql(PinnedBatch batch) {
        try {
            var properties = new Properties();
            properties.setProperty("jdbc_stream_results", "true");
            engine = DriverManager.getConnection("jdbc:duckdb:", properties);
            try (Statement statement = engine.createStatement()) {
                prepare(statement, batch, copies);
            }
        } catch (RuntimeException failure) {
            copies.close();
            throw failure;
        } catch (SQLException failure) {
            copies.close();
            throw new IllegalStateException("the SQL engine does not start: " + failure.getMessage(), failure);
        }
    }

    /** Runs one SELECT and hands its rows over. */
    public SqlAnswer query(String sql, RowReceiver receiver) {
        try {
            Optional<String> refusal = refusal(sql);
            if (refusal.isPresent()) {
                return new SqlAnswer.Refused(refusal.get());
            }
            try (Statement statement = engine.createStatement()) {
                running = statement;
                try (ResultSet rows = statement.executeQuery(sql)) {
                    return new SqlAnswer.Done(handOver(rows, receiver));
                }
            } finally {
                running = null;
            }
        } catch (SQLException failure) {
            return new SqlAnswer.Refused(String.valueOf(failure.getMessage()));
        }
    }

    /** Stops the query that runs, which is then refused; may be called by any thread. */
    public void cancel() {
        Statement statement = running;
        if (statement == null) {
            return;
        }
        try {
            statement.cancel();
        } catch (SQLException failure) {
            throw new IllegalStateException("the query does not stop", failure);
        }
    }

    @Override
    public void close() {
        try (copies) {
            engine.close();
        } catch (SQLException failure) {
            throw new IllegalStateException("the SQL engine does not stop", failure);
        }
    }

    private static void prepare(Statement statement, PinnedBatch batch, LocalCopies copies) throws SQLException {
        statement.execute("SET TimeZone = 'UTC'");
        var namespaces = new TreeSet<String>();
        batch.tables().forEach(table -> namespaces.add(table.definition().namespace()));
        for (String namespace : namespaces) {
            statement.execute("CREATE SCHEMA " + namespace);
        }
        var allowed = new ArrayList<String>();
        for (PinnedTable table : batch.tables()) {
            List<String> paths = table.localFiles(copies);
            allowed.addAll(paths);
            addViews(statement, table.columns(), paths);
        }
        lock(statement, allowed);
    }

    private static void addViews(Statement statement, TableDefinition table, List<String> paths) throws SQLException {
        statement.execute(SqlViews.create(table, paths));
        for (String comment : SqlViews.comments(table)) {
            statement.execute(comment);
        }
        statement.execute(
                "CREATE VIEW " + table.namespace() + "_" + table.name() + " AS FROM " + table.qualifiedName());
    }

    private static void lock(Statement statement, List<String> allowed) throws SQLException {
        statement.execute("SET memory_limit = '" + MEMORY_MAX + "'");
        statement.execute("SET threads = " + THREADS_MAX);
        statement.execute("SET temp_directory = ''");
        statement.execute("SET autoinstall_known_extensions = false");
        statement.execute("SET autoload_known_extensions = false");
        statement.execute("SET allowed_paths = " + SqlViews.list(allowed));
        statement.execute("SET enable_external_access = false");
        statement.execute("SET lock_configuration = true");
    }

    /**
     * Why the statement is not run. The engine's own parser says what it is, because an allowed path may also be
     * written to: only what is one SELECT, and so writes nothing, is run.
     */
    private Optional<String> refusal(String sql) throws SQLException {
        JsonNode parsed = parse(sql);
        if (parsed.path("error").asBoolean()) {
            boolean wrong = parsed.path("error_type").asText().equals("parser");
            return Optional.of(
                    wrong
                            ? parsed.path("error_message").asText()
                            : "only SELECT, WITH, VALUES, DESCRIBE, SUMMARIZE and SHOW are allowed here: the tables are"
                                    + " read only");
        }
        int statements = parsed.path("statements").size();
        return statements == 1 ? Optional.empty() : Optional.of("give one statement, not " + statements);
    }

    private JsonNode parse(String sql) throws SQLException {
        try (var statement = engine.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
            statement.setString(1, sql);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return JSON.readTree(row.getString(1));
            }
        } catch (JsonProcessingException failure) {
            throw new SQLException("the statement is too deeply nested", failure);
        }
    }

    private static long handOver(ResultSet rows, RowReceiver receiver) throws SQLException {
        ResultSetMetaData shape = rows.getMetaData();
        var columns = new ArrayList<SqlColumn>();
        for (int i = 1; i <= shape.getColumnCount(); i++) {
            columns.add(new SqlColumn(shape.getColumnName(i), shape.getColumnTypeName(i)));
        }
        receiver.columns(columns);
        long count = 0;
        while (rows.next()) {
            var values = new ArrayList<@Nullable Object>(columns.size());
            for (int i = 1; i <= columns.size(); i++) {
                values.add(SqlValues.plain(rows.getObject(i)));
            }
            receiver.row(values);
            count++;
        }
        return count;
    }
}
