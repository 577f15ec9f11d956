package riskcluster.actors.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimeTest {

    @Test
    void isoTextIsReadAsJavaTimeReadsItSeed3() {
        var dice = new Random(3);
        long first = Instant.parse("0001-01-02T00:00:00Z").getEpochSecond();
        long last = Instant.parse("9999-12-30T00:00:00Z").getEpochSecond();
        for (int i = 0; i < 100_000; i++) {
            var moment = Instant.ofEpochSecond(dice.nextLong(first, last), dice.nextInt(1_000_000_000));
            var offset = ZoneOffset.ofTotalSeconds(dice.nextInt(-18 * 60, 18 * 60) * 60);
            var text = OffsetDateTime.ofInstant(moment, offset).toString();
            assertThat(iso(text)).as(text).isEqualTo(moment.getEpochSecond() * 1_000_000 + moment.getNano() / 1_000);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "2026-01-06T10:00Z, 1767693600000000",
        "2026-01-06T10:00:00+07, 1767668400000000",
        "2026-01-06T10:00:00+0730, 1767666600000000",
        "'2026-01-06T10:00:00,25Z', 1767693600250000",
        "2026-01-06T10:00:00.123456789Z, 1767693600123456",
        "1969-12-31T23:59:59.999999Z, -1",
        "2000-02-29T00:00:00Z, 951782400000000",
    })
    void isoFormsAreRead(String text, long micros) {
        assertThat(iso(text)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026",
                "2026-01-06",
                "2026-01-06T10:00:00",
                "2026-01-06 10:00:00Z",
                "2026-01-06t10:00:00Z",
                "2026-01-06T10:00:00z",
                "2026-01-06T24:00:00Z",
                "2026-01-06T10:60:00Z",
                "2026-01-06T10:00:60Z",
                "2026-13-06T10:00:00Z",
                "2026-00-06T10:00:00Z",
                "2026-01-00T10:00:00Z",
                "2026-01-32T10:00:00Z",
                "1900-02-29T10:00:00Z",
                "0000-01-01T10:00:00Z",
                "2026-01-06T10:00:00.Z",
                "2026-01-06T10:00.5Z",
                "2026-01-06T10:00:00.1234567890Z",
                "2026-01-06T10:00:00+19:00",
                "2026-01-06T10:00:00+07:",
                "2026-01-06T10:00:00+7",
                "2026-01-06T10:00:00ZZ",
                "+2026-01-06T10:00:00Z",
                "20260106T100000Z",
                "2026-01-06T10:00:00+07:60",
                "2026-1-6T10:00:00Z"
            })
    void whatIsNoPointInTimeIsNone(String text) {
        assertThat(iso(text)).isEqualTo(EventTime.NONE);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "-1, -1000000",
        "99999999999, 99999999999000000",
        "100000000000, 100000000000000",
        "99999999999999, 99999999999999000",
        "100000000000000, 100000000000000",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854, -9223372036854000000",
    })
    void integersAreSecondsMillisecondsOrMicroseconds(String letters, long micros) {
        assertThat(integer(letters)).isEqualTo(micros);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9223372036854775808",
                "-9223372036854775808",
                "-9223372036854775809",
                "-9223372036855",
                "99999999999999999999999999999999999999"
            })
    void integersThatAreNoLongOfMicrosecondsAreNone(String letters) {
        assertThat(integer(letters)).isEqualTo(EventTime.NONE);
    }

    private static long iso(String text) {
        var bytes = ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8);
        return EventTime.ofIso(bytes, 1, bytes.length - 1);
    }

    private static long integer(String letters) {
        var bytes = ("x" + letters + "9").getBytes(StandardCharsets.UTF_8);
        return EventTime.ofInteger(bytes, 1, bytes.length - 1);
    }
}
