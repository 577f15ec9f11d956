package riskcluster.node.input;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.OptionalLong;
import java.util.Properties;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import riskcluster.node.json.JsonBytes;

/** A Parquet or CSV file, read by DuckDB in the process and streamed row by row. */
final class TableFile implements InputFile {

    private static final String MEMORY_MAX = "256MB";
    /** The event time stands first, the fields follow. */
    private static final int FIRST_FIELD = 2;

    private final Path file;
    private final Connection connection;
    private final Statement statement;
    private final ResultSet rows;
    private final List<Column> columns;
    private final OptionalLong size;
    private final JsonBytes json = new JsonBytes();
    private boolean atRow;

    private TableFile(Path file, Connection connection, String source, boolean sized)
            throws SQLException, InputRefused {
        this.file = file;
        this.connection = connection;
        this.statement = connection.createStatement();
        for (var setting : List.of(
                "SET memory_limit = '" + MEMORY_MAX + "'",
                "SET threads = 1",
                "SET TimeZone = 'UTC'",
                "SET autoinstall_known_extensions = false")) {
            statement.execute(setting);
        }
        var layout = Layout.of(file, types(source));
        this.columns = layout.columns();
        this.size = sized ? count(source) : OptionalLong.empty();
        this.rows = statement.executeQuery("SELECT " + layout.eventTime() + ", "
                + columns.stream().map(Column::sql).collect(Collectors.joining(", ")) + " FROM " + source);
        this.atRow = rows.next();
    }

    static TableFile parquet(Path file) throws InputRefused {
        return open(file, "read_parquet(" + literal(file) + ")", true);
    }

    static TableFile csv(Path file) throws InputRefused {
        return open(file, "read_csv(" + literal(file) + ", header = true, all_varchar = true)", false);
    }

    /** JSON lines as columns, for files whose fields must be mapped. */
    static TableFile lines(Path file) throws InputRefused {
        return open(file, "read_ndjson(" + literal(file) + ")", false);
    }

    @Override
    public OptionalLong size() {
        return size;
    }

    @Override
    public boolean hasNext() {
        return atRow;
    }

    @Override
    public InputRecord next() {
        if (!atRow) {
            throw new NoSuchElementException("no more rows in " + file);
        }
        try {
            var record = record();
            atRow = rows.next();
            return record;
        } catch (SQLException e) {
            throw new UncheckedIOException(new InputRefused(file, "cannot be read further: " + brief(e), e));
        }
    }

    @Override
    public void close() {
        close(connection);
    }

    private InputRecord record() throws SQLException {
        var time = rows.getLong(1);
        var micros = rows.wasNull() ? InputRecord.TIME_UNKNOWN : time;
        byte[] key = null;
        json.clear().raw('{');
        for (var i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            var text = write(column, FIRST_FIELD + i);
            if (text != null && column.field().equals("user_id")) {
                key = text.getBytes(StandardCharsets.UTF_8);
            }
        }
        return new InputRecord(key, json.raw('}').copy(), micros);
    }

    /** Writes a field unless it is null; gives its text where it was read as one. */
    private @Nullable String write(Column column, int index) throws SQLException {
        return switch (column.kind()) {
            case TEXT, NUMBER, JSON -> {
                var text = rows.getString(index);
                if (text != null) {
                    begin(column);
                    writeText(column.kind(), text);
                }
                yield text;
            }
            case TIME, CENTS -> {
                var value = rows.getLong(index);
                if (!rows.wasNull()) {
                    begin(column);
                    writeWhole(column.kind(), value);
                }
                yield null;
            }
            case FLAG -> {
                var value = rows.getBoolean(index);
                if (!rows.wasNull()) {
                    begin(column).raw(JsonBytes.ascii(Boolean.toString(value)));
                }
                yield null;
            }
        };
    }

    private JsonBytes begin(Column column) {
        if (json.length() > 1) {
            json.raw(',');
        }
        return json.raw(column.prefix());
    }

    private void writeText(Column.Kind kind, String text) {
        if (kind == Column.Kind.JSON || (kind == Column.Kind.NUMBER && JsonNumber.matches(text))) {
            json.raw(text.getBytes(StandardCharsets.UTF_8));
        } else {
            json.text(text);
        }
    }

    private void writeWhole(Column.Kind kind, long value) {
        if (kind == Column.Kind.TIME) {
            json.time(value);
        } else if (value < 0) {
            // A refund is no transaction of the contract: it goes out as it is and is rejected by name.
            json.raw('-').decimal(-value, 2);
        } else {
            json.decimal(value, 2);
        }
    }

    private Map<String, String> types(String source) throws SQLException {
        var types = new LinkedHashMap<String, String>();
        try (var described = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (described.next()) {
                types.put(described.getString(1), described.getString(2));
            }
        }
        return types;
    }

    private OptionalLong count(String source) throws SQLException {
        try (var counted = statement.executeQuery("SELECT count(*) FROM " + source)) {
            counted.next();
            return OptionalLong.of(counted.getLong(1));
        }
    }

    private static TableFile open(Path file, String source, boolean sized) throws InputRefused {
        Connection connection = null;
        try {
            var streamed = new Properties();
            streamed.setProperty("jdbc_stream_results", "true");
            connection = DriverManager.getConnection("jdbc:duckdb:", streamed);
            return new TableFile(file, connection, source, sized);
        } catch (SQLException e) {
            close(connection);
            throw new InputRefused(file, "cannot be read: " + brief(e), e);
        } catch (InputRefused e) {
            close(connection);
            throw e;
        }
    }

    private static void close(@Nullable Connection connection) {
        if (connection == null) {
            return;
        }
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException("an in-memory database did not close", e);
        }
    }

    /** The path as SQL; what DuckDB would read as a pattern stands for itself. */
    private static String literal(Path file) {
        var path = file.toAbsolutePath().toString().replaceAll("([*?\\[])", "[$1]");
        return "'" + path.replace("'", "''") + "'";
    }

    private static String brief(SQLException e) {
        var message = String.valueOf(e.getMessage());
        return message.lines().findFirst().orElse(message);
    }
}
