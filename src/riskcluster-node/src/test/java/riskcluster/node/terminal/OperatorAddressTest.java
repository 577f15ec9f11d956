package riskcluster.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OperatorAddressTest {
    @TempDir
    private Path home;

    @Test
    void theEnvironmentWinsOverTheRunningDevOverTheUsualAddress() throws IOException {
        assertThat(OperatorAddress.find(Map.of(), home)).hasToString("127.0.0.1:9110");

        NodeAddress.write(home, "http://127.0.0.1:8181", "127.0.0.1:9111");

        assertThat(OperatorAddress.find(Map.of(), home)).hasToString("127.0.0.1:9111");
        assertThat(OperatorAddress.find(Map.of("RISKCLUSTER_OPERATOR", "node-1:9110"), home))
                .isEqualTo(new OperatorAddress("node-1", 9110));
        assertThatThrownBy(() -> OperatorAddress.find(Map.of("RISKCLUSTER_OPERATOR", "node-1"), home))
                .hasMessage("RISKCLUSTER_OPERATOR is 'node-1', allowed: host:port");
    }

    @Test
    void onlyHostAndPortAreAnAddress() {
        assertThat(OperatorAddress.parse("[::1]:9110")).contains(new OperatorAddress("[::1]", 9110));
        assertThat(OperatorAddress.parse("risk-0.risk:9110")).isPresent();
        for (var other :
                new String[] {"cluster", "http://a:1", "-x:1", "a:", "a:123456", "a:70000", "a b:1", "::1:9110"}) {
            assertThat(OperatorAddress.parse(other)).as(other).isEmpty();
        }
    }
}
