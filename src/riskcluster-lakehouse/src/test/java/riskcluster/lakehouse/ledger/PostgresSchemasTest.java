package riskcluster.lakehouse.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.ledger.RecordedSchema;
import riskcluster.lakehouse.TestDatabase;

class PostgresSchemasTest {

    private final HikariDataSource database = TestDatabase.open();
    private final PostgresSchemas schemas = new PostgresSchemas(database);

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsRecordedFirstHolds() {
        var first = new RecordedSchema(7, Optional.of("\"string\""));
        assertThat(schemas.find(7)).isEmpty();
        assertThat(schemas.record(first)).isEqualTo(first);
        assertThat(schemas.record(new RecordedSchema(7, Optional.of("\"long\""))))
                .isEqualTo(first);
        assertThat(schemas.record(new RecordedSchema(7, Optional.empty()))).isEqualTo(first);
        assertThat(schemas.find(7)).contains(first);
    }

    @Test
    void anIdThatIsGivenUpStaysSo() {
        var givenUp = new RecordedSchema(8, Optional.empty());
        schemas.record(givenUp);
        assertThat(schemas.record(new RecordedSchema(8, Optional.of("\"long\""))))
                .isEqualTo(givenUp);
        assertThat(schemas.find(8)).contains(givenUp);
    }
}
