package riskcluster.node.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import riskcluster.contracts.transaction.ExtraField.Kind;

class InputContractTest {

    private static final Path PROGRAM =
            Path.of(System.getProperty("riskcluster.root"), "contracts/topics/transactions.odcs.yaml");

    @TempDir
    private Path folder;

    @Test
    void theProgramsOwnContractHasNoExtraFields() {
        assertThat(InputContract.extraFields(Contracts.bundled())).isEmpty();
        assertThat(InputContract.extraFields(Contracts.in(folder))).isEmpty();
    }

    @Test
    void addedOptionalFieldsAreTaken() throws IOException {
        write(
                "    quality:",
                "      - name: channel\n        logicalType: string\n      - name: attempts\n"
                        + "        logicalType: integer\n        required: false\n    quality:");

        assertThat(InputContract.extraFields(Contracts.in(folder)))
                .isEqualTo(Map.of("channel", Kind.STRING, "attempts", Kind.INTEGER));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        maxLength: 256            | maxLength: 300       | maxLength was 256 and is 300
        maxLength: 256            | maxLength: 100       | maxLength was 256 and is 100
        name: merchant            | name: shop           | transactions.merchant: was removed
        logicalType: boolean      | logicalType: integer | its type was changed from boolean to integer
        value: 32                 | value: 64            | levelsMax was 32 and is 64
        """)
    void whatDecodeCannotEnforceIsRefused(String found, String put, String reason) throws IOException {
        write(found, put);

        assertThatThrownBy(() -> InputContract.extraFields(Contracts.in(folder)))
                .isInstanceOf(ContractRefused.class)
                .hasMessageContaining(reason)
                .hasMessageContaining("transactions.odcs.yaml");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        name: channel    | required: true        | was added and is required
        name: hour       | required: false       | has the name of another column of bronze or silver
        name: Channel    | required: false       | has a name that no column can have
        name: channel    | unique: true          | has limits, which are not enforced for added fields
        """)
    void anAddedFieldThatCannotBeAColumnIsRefused(String name, String more, String reason) throws IOException {
        write("    quality:", "      - " + name + "\n        logicalType: string\n        " + more + "\n    quality:");

        assertThatThrownBy(() -> InputContract.extraFields(Contracts.in(folder)))
                .hasMessageContaining(reason);
    }

    private void write(String found, String put) throws IOException {
        var text = Files.readString(PROGRAM);
        assertThat(text).contains(found);
        Files.createDirectories(folder.resolve("topics"));
        Files.writeString(folder.resolve("topics/transactions.odcs.yaml"), text.replace(found, put));
    }
}
