package riskcluster.node.input;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonNumberTest {

    @ParameterizedTest
    @ValueSource(strings = {"0", "-0", "7", "10", "12.30", "0.5", "1e2", "1E+2", "1.5e-10", "-3"})
    void theseAreNumbers(String text) {
        assertThat(JsonNumber.matches(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "-", "00", "012", ".5", "5.", "1e", "1e+", "+1", "nan", "inf", "1,5", "0x1", "1 ", "--1"})
    void theseAreNot(String text) {
        assertThat(JsonNumber.matches(text)).isFalse();
    }
}
