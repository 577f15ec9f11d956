package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartitionStateTest {

    @Test
    void itIsReadAsItWasWritten() {
        var state = new PartitionState(1_522_540_800_000_000L, List.of());
        assertThat(PartitionState.decode(state.encode())).isEqualTo(state);
    }

    @Test
    void itsBytesAreFixed() {
        assertThat(new PartitionState(258, List.of()).encode()).containsExactly(1, 0, 0, 0, 0, 0, 0, 1, 2);
    }

    /** Written by the first program that looked for anomalies. */
    @Test
    void openWindowsAreReadAndWrittenAsTheyWere() {
        var bytes = HexFormat.of()
                .parseHex("02" + "0000000000000102" + "00000001"
                        + "01" + "0000000000000007" + "00000006" + "0000000b" + "3ff8000000000000" + "3fe0000000000000"
                        + "00000002" + "7531" + "00000004" + "6b313a61");

        var state = PartitionState.decode(bytes);

        assertThat(state.watermarkMicros()).isEqualTo(258);
        assertThat(state.rushes()).hasSize(1);
        assertThat(state.rushes().getFirst().userId()).isEqualTo("u1");
        assertThat(state.rushes().getFirst().customerKey()).isEqualTo("k1:a");
        assertThat(state.encode()).isEqualTo(bytes);
        for (int length = 1; length < bytes.length; length++) {
            var cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PartitionState.decode(cut)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void noBytesAreTheBeginning() {
        assertThat(PartitionState.decode(new byte[0])).isEqualTo(PartitionState.EMPTY);
    }

    @Test
    void anUnknownVersionIsRefused() {
        assertThatThrownBy(() -> PartitionState.decode(new byte[] {9, 0, 0, 0, 0, 0, 0, 0, 0}))
                .hasMessageContaining("version 9");
    }

    @Test
    void theWatermarkNeverFalls() {
        assertThat(PartitionState.EMPTY.seen(5).seen(3).watermarkMicros()).isEqualTo(5);
    }
}
