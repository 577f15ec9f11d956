package riskcluster.plant;

import java.sql.DriverManager;
import java.sql.SQLException;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.lakehouse.ledger.LedgerPool;
import riskcluster.lakehouse.ledger.LedgerSchema;
import riskcluster.node.NodeConfig;
import riskcluster.node.RiskNode;

/** A Postgres that says to have marked a checkpoint as committed and has not, once. */
final class ForgottenMark {

    private static final String TRIGGER = """
        CREATE SEQUENCE planted;
        CREATE FUNCTION forget_the_first() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            IF nextval('planted') = 1 THEN RETURN OLD; END IF;
            RETURN NEW;
        END $$;
        CREATE TRIGGER forget_the_first BEFORE UPDATE ON rc_checkpoint
            FOR EACH ROW EXECUTE FUNCTION forget_the_first();
        """;

    private ForgottenMark() {}

    /** An ordinary node, over such a Postgres. */
    static RiskNode start(NodeConfig config) {
        try (var database = LedgerPool.open(config.jdbcUrl(), config.databaseUser(), config.databasePassword(), 1)) {
            LedgerSchema.migrate(database);
        }
        try (var connection = DriverManager.getConnection(
                        config.jdbcUrl(), config.databaseUser(), config.databasePassword());
                var statement = connection.createStatement()) {
            statement.execute(TRIGGER);
        } catch (SQLException e) {
            throw new IllegalStateException("the trigger could not be made", e);
        }
        return RiskNode.start(config, source -> PartitionMeter.NONE, CommitMeter.NONE, Steps.UNHEARD);
    }
}
