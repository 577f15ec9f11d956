package riskcluster.lakehouse.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileOwnerTest {

    @ParameterizedTest
    @CsvSource({
        "transactions-3-e7-0123456789abcdef-0.parquet, transactions/3, 7",
        "my-topic.v2-11-e70-0123456789abcdef-12.parquet, my-topic.v2/11, 70",
        "committer-3-e7-0123456789abcdef-0.parquet, committer/3, 7",
        "maintenance-e3-0123456789abcdef-0.parquet, maintenance, 3",
        "committer-e12-snap-812-1-0d4e1c7a.avro, committer, 12",
        "committer-e12-0d4e1c7a-m0.avro, committer, 12",
        "00012-c-e12-0d4e1c7a.metadata.json, committer, 12",
        "00000-a-e0-0d4e1c7a.metadata.json, create, 0",
        "00012-committer-e12-0d4e1c7a.metadata.json, committer, 12",
        "00000-create-e0-0d4e1c7a.metadata.json, create, 0"
    })
    void aFilesNameTellsWhoWroteItAndUnderWhichEpoch(String name, String scope, long epoch) {
        assertThat(FileOwner.of("file:///lake/silver/transactions/data/event_time_day=2026-03-02/" + name))
                .contains(new FileOwner(scope, epoch));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000-1-0d4e1c7a-0001.parquet",
                "snap-812-1-0d4e1c7a.avro",
                "00003-0d4e1c7a-e5b2.metadata.json",
                "v3.metadata.json",
                "readme.txt"
            })
    void aFileOfAnotherEngineHasNoOwner(String name) {
        assertThat(FileOwner.of("/lake/" + name)).isEmpty();
    }
}
