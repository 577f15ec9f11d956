package riskcluster.actors.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;

class DeadLetterTest {

    private static final Outcome.Rejected WHY = new Outcome.Rejected(Reason.NOT_DECODABLE, "no JSON");
    private static final int ROOMY = 1 << 20;

    private static LogRecord record(int keyBytes, int valueBytes, int headerBytes) {
        var value = new byte[valueBytes];
        Arrays.fill(value, (byte) 'v');
        return new LogRecord(
                new LogPartition("transactions", 3),
                42,
                0,
                new byte[keyBytes],
                value,
                List.of(new Header("trace", new byte[headerBytes])));
    }

    private static Map<String, String> headers(DeadLetter letter) {
        return letter.headers().stream()
                .collect(Collectors.toMap(Header::name, header -> new String(header.value(), UTF_8)));
    }

    @Test
    void aLetterThatFitsIsWholeAndSaysNothingOfCutting() {
        var record = record(5, 100, 7);
        var letter = DeadLetter.of(record, WHY, ROOMY);
        assertThat(letter.value()).isEqualTo(record.value());
        assertThat(headers(letter))
                .containsEntry("dq_reason", "RC-1003")
                .containsEntry("dq_offset", "42")
                .containsOnlyKeys("trace", "dq_reason", "dq_detail", "dq_topic", "dq_partition", "dq_offset");
    }

    @Test
    void aValueThatIsTooLongIsCutAndItsLengthAndHashAreTold() throws Exception {
        var record = record(5, 100_000, 7);
        var letter = DeadLetter.of(record, WHY, 10_000);
        assertThat(letter.bytes()).isLessThanOrEqualTo(10_000);
        assertThat(letter.value())
                .hasSizeGreaterThan(9_000)
                .isEqualTo(Arrays.copyOf(record.value(), letter.value().length));
        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(record.value()));
        assertThat(headers(letter))
                .containsEntry("dq_value_length", "100000")
                .containsEntry("dq_value_sha256", hash)
                .containsKey("trace");
    }

    @Test
    void headersThatAreTooLongAreLeftOutAndTheKeyIsCutLast() {
        var letter = DeadLetter.of(record(5, 100, 50_000), WHY, 5_000);
        assertThat(letter.bytes()).isLessThanOrEqualTo(5_000);
        assertThat(letter.value()).hasSize(100);
        assertThat(headers(letter)).containsEntry("dq_headers_dropped", "1").doesNotContainKey("trace");

        var keyed = DeadLetter.of(record(70_000, 100, 7), WHY, 5_000);
        assertThat(keyed.bytes()).isLessThanOrEqualTo(5_000);
        assertThat(keyed.value()).isEmpty();
        assertThat(headers(keyed)).containsEntry("dq_key_length", "70000").containsKey("dq_key_sha256");
    }
}
