package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
