package riskcluster.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OperatorAddressTest {
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
