package riskcluster.lakehouse.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataNameTest {

    /** Trino 476's {@code IcebergUtil}. */
    private static final String TRINO = "\\d+-[-a-fA-F0-9]*(\\.[a-zA-Z0-9]+)?\\.metadata\\.json";

    @ParameterizedTest
    @ValueSource(strings = {"committer-e1", "committer-e1234", "create-e0"})
    void everyNameThatIsWrittenCanBeOpenedByTrino(String owner) {
        assertThat(MetadataName.next(123_456, owner)).matches(TRINO).startsWith("123456-");
    }

    @Test
    void noNameComesTwice() {
        assertThat(MetadataName.next(7, "committer-e1")).isNotEqualTo(MetadataName.next(7, "committer-e1"));
    }
}
