package riskcluster.lakehouse.gold;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CustomerKeysTest {

    private static final String DIGEST = "00ff".repeat(16);

    @ParameterizedTest
    @CsvSource({"k1:, 33", "k0:, 33", "k126:, 33", "k999999999:, 37"})
    void aPseudonymTakesHalfItsText(String version, int bytes) {
        assertThat(written(version + DIGEST)).hasSize(bytes);
        assertThat(readAgain(version + DIGEST)).isEqualTo(version + DIGEST);
    }

    @ParameterizedTest
    @CsvSource({"k01:", "k:", "k1234567890:", "K1:", "k1;", "k-1:", "''", "k1:f"})
    void whatIsNoPseudonymStaysToTheLetter(String version) {
        assertThat(readAgain(version + DIGEST)).isEqualTo(version + DIGEST);
    }

    @ParameterizedTest
    @CsvSource({"k1:u7", "''", "k1:", "khách hàng"})
    void anyOtherTextIsItself(String key) {
        assertThat(readAgain(key)).isEqualTo(key);
    }

    @ParameterizedTest
    @CsvSource({"F", "g", "é"})
    void digitsThatAreNotLowerHexStayToTheLetter(String digit) {
        String key = "k1:" + digit + DIGEST.substring(1);
        assertThat(readAgain(key)).isEqualTo(key);
    }

    private static byte[] written(String key) {
        var sink = new ByteSink(8);
        CustomerKeys.write(key, sink);
        return sink.bytes();
    }

    private static String readAgain(String key) {
        return CustomerKeys.read(new ByteSource(ByteBuffer.wrap(written(key))));
    }
}
