package riskcluster.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static riskcluster.node.cli.Typed.type;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.decision.Reason;
import riskcluster.node.explain.NumberedError;
import riskcluster.node.terminal.Exit;

class ExplainCommandTest {

    @Test
    void anErrorIsExplainedHoweverItsNumberIsWritten() {
        var explained = type("explain", "RC-1010");

        assertThat(explained).isEqualTo(new Typed(Exit.FINE, """
            code     RC-1010
            meaning  amount not representable
            remedy   send at most 14 digits before and 4 after the decimal point, trailing zeros aside
            seen     the dead letter's header dq_reason, column reason of bronze.rejected, 'riskcluster dlq list'
            """, ""));
        assertThat(type("explain", "rc-1010")).isEqualTo(explained);
        assertThat(type("explain", "rc1010")).isEqualTo(explained);
        assertThat(type("explain", "1010")).isEqualTo(explained);
    }

    @Test
    void everyReasonOfRejectionIsExplained() {
        assertThat(Arrays.stream(Reason.values()).map(Reason::code))
                .allSatisfy(code -> assertThat(type("explain", code).status()).isZero());
    }

    @Test
    void withoutANumberAllAreListed() throws IOException {
        assertThat(type("explain").out().lines()).hasSize(NumberedError.all().size() + 1);
        assertThat(type("explain").out()).doesNotContain("send one JSON object");
        assertThat(type("explain", "-o", "wide").out()).contains("send one JSON object");
        assertThat(type("explain", "-o", "name").out().lines()).startsWith("RC-1001", "RC-1002");
        assertThat(NodeClient.JSON
                        .readTree(type("explain", "-o", "json").out())
                        .at("/0/code")
                        .asText())
                .isEqualTo("RC-1001");
    }

    @Test
    void aNumberThatIsNoneIsWrongUsageAndSaysWhichThereAre() {
        var typed = type("explain", "RC-9999");

        assertThat(typed.status()).isEqualTo(Exit.USAGE);
        assertThat(typed.out()).isEmpty();
        assertThat(typed.err())
                .startsWith("riskcluster: there is no error 'RC-9999'; there are RC-1001, RC-1002,")
                .contains("RC-2001");
        assertThat(type("explain", "everything").status()).isEqualTo(Exit.USAGE);
    }
}
