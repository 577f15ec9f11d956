package riskcluster.node.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBytesTest {
    private final JsonBytes json = new JsonBytes();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "a \"quote\" \\ and a\nline",
                "tab\tand \u0001",
                "Hà Nội, \"Việt Nam\" \n",
                "\uD83D\uDE00"
            })
    void aTextReadsBackAsItWas(String text) throws IOException {
        var read = new ObjectMapper().readTree(json.clear().text(text).copy());

        assertThat(read.textValue()).isEqualTo(text);
    }

    @Test
    void numbersAreWrittenLikeJavaWritesThem() {
        for (var value : new long[] {0, 7, 10, -1, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(written(json.clear().number(value))).isEqualTo(Long.toString(value));
        }
        assertThat(written(json.clear().decimal(1205, 2))).isEqualTo("12.05");
        assertThat(written(json.clear().decimal(5, 4))).isEqualTo("0.0005");
        assertThat(written(json.clear().decimal(5, 0))).isEqualTo("5");
    }

    @Test
    void timesOfSeed1ReadBackToTheMicrosecond() {
        var random = new Random(1);
        for (var i = 0; i < 10_000; i++) {
            var micros = random.nextLong(-62_000_000_000_000_000L, 253_000_000_000_000_000L);

            var text = written(json.clear().time(micros)).replace("\"", "");

            assertThat(ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(text)))
                    .isEqualTo(micros);
        }
    }

    @Test
    void aYearOfFiveDigitsIsRefused() {
        assertThatThrownBy(() -> json.clear().time(Long.MAX_VALUE)).hasMessageContaining("four digits");
    }

    @Test
    void aLongValueFits() {
        assertThat(written(json.clear().text("x".repeat(5_000)))).hasSize(5_002);
    }

    private static String written(JsonBytes json) {
        return new String(json.copy(), StandardCharsets.UTF_8);
    }
}
