package riskcluster.lakehouse.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import javax.sql.DataSource;
import riskcluster.contracts.ledger.RecordedSchema;
import riskcluster.contracts.ledger.SchemaLedger;

/** The recorded Avro schemas in Postgres; who records first, records for all. */
public final class PostgresSchemas implements SchemaLedger {

    private final Transactions transactions;

    /** Schemas on a database that {@link LedgerSchema} has migrated, over connections of {@link LedgerPool}. */
    public PostgresSchemas(DataSource database) {
        this.transactions = new Transactions(database);
    }

    @Override
    public Optional<RecordedSchema> find(int id) {
        return transactions.atOneMoment("read schema " + id, connection -> find(connection, id));
    }

    @Override
    public RecordedSchema record(RecordedSchema schema) {
        return transactions.run("record schema " + schema.id(), connection -> {
            try (var statement = connection.prepareStatement(
                    "INSERT INTO rc_schema_by_id (id, content) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
                statement.setInt(1, schema.id());
                statement.setString(2, schema.content().orElse(null));
                statement.executeUpdate();
            }
            return find(connection, schema.id()).orElseThrow();
        });
    }

    private static Optional<RecordedSchema> find(Connection connection, int id) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT content FROM rc_schema_by_id WHERE id = ?")) {
            statement.setInt(1, id);
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new RecordedSchema(id, Optional.ofNullable(row.getString(1))))
                        : Optional.empty();
            }
        }
    }
}
