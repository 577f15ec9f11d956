package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContractCommandTest {

    private static final Path OLD =
            Path.of(System.getProperty("riskcluster.root"), "contracts/topics/transactions.odcs.yaml");

    @TempDir
    private Path folder;

    @Test
    void theSameContractIsCompatible() {
        var typed = Typed.type("contract", "check", OLD.toString(), OLD.toString());

        assertThat(typed.status()).isZero();
        assertThat(typed.out()).isEqualTo("the contracts say the same\n");
    }

    @Test
    void incompatibleChangesAreNamedOneByOne() throws IOException {
        var typed = check("maxLength: 256", "maxLength: 64", "table");

        assertThat(typed.status()).isEqualTo(1);
        assertThat(typed.out())
                .contains("NO", "transactions.transaction_id", "maxLength was 256 and is 64")
                .endsWith("the new contract is NOT compatible\n");
    }

    @Test
    void programsReadJson() throws IOException {
        var typed = check("maxLength: 256", "maxLength: 512", "json");

        assertThat(typed.status()).isZero();
        var answer = NodeClient.JSON.readTree(typed.out());
        assertThat(answer.path("compatible").asBoolean()).isTrue();
        assertThat(answer.at("/changes/0/where").asText()).isEqualTo("transactions.transaction_id");
        assertThat(answer.at("/changes/0/line").asInt()).isPositive();
    }

    @Test
    void aBadFileEndsWithFileLineAndReason() throws IOException {
        var typed = check("kind: DataContract", "kind: Sonnet", "table");

        assertThat(typed.status()).isEqualTo(2);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .isEqualTo(
                        "riskcluster: " + folder.resolve("new.yaml") + ":4: kind is 'Sonnet', allowed: DataContract\n");
    }

    private Typed check(String found, String put, String format) throws IOException {
        var changed = folder.resolve("new.yaml");
        Files.writeString(changed, Files.readString(OLD).replace(found, put));
        return Typed.type("contract", "check", OLD.toString(), changed.toString(), "-o", format);
    }
}
