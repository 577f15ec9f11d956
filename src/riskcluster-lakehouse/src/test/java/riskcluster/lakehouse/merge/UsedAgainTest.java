package riskcluster.lakehouse.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UsedAgainTest {

    private final UsedAgain buffers = new UsedAgain();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 64, 65, 1 << 20, (1 << 20) + 1})
    void aBufferHasTheBytesThatWereAskedFor(int size) {
        var buffer = buffers.allocate(size);
        assertThat(buffer.remaining()).isEqualTo(size);
        assertThat(buffer.position()).isZero();
    }

    @Test
    void aBufferThatCameBackIsGivenOutAgain() {
        var first = buffers.allocate(1_000);
        first.put(new byte[900]).flip();
        buffers.release(first);

        var second = buffers.allocate(600);
        assertThat(second.array()).isSameAs(first.array());
        assertThat(second.remaining()).isEqualTo(600);
    }

    @Test
    void aBufferThatIsOutIsNobodyElses() {
        var first = buffers.allocate(1_000);
        var second = buffers.allocate(1_000);
        assertThat(second.array()).isNotSameAs(first.array());
    }

    /** Two would write into one. */
    @Test
    void aBufferThatIsNotOutIsNotTaken() {
        var buffer = buffers.allocate(10);
        buffers.release(buffer);
        assertThatThrownBy(() -> buffers.release(buffer))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a buffer of 16 bytes that is not out");
        assertThatThrownBy(() -> buffers.release(ByteBuffer.allocate(16))).hasMessageContaining("not out");
        var out = buffers.allocate(10);
        assertThatThrownBy(() -> buffers.release(out.duplicate())).hasMessageContaining("not out");
    }
}
