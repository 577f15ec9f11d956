package riskcluster.node.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FreePortTest {
    @Test
    void aTakenPortGivesTheNextFreeOne() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(FreePort.from(taken.getLocalPort())).isGreaterThan(taken.getLocalPort());
        }
    }

    @Test
    void aFreePortIsGivenAsAsked() {
        int free = FreePort.from(0);

        assertThat(FreePort.from(free)).isEqualTo(free);
    }

    /** What is given to outgoing connections begins at 32,768 or later. */
    @Test
    void anyPortIsOneThatNoOutgoingConnectionGetsAndNoneIsGivenTwice() {
        var given = IntStream.range(0, 50).mapToObj(i -> FreePort.from(0)).toList();

        assertThat(given).doesNotHaveDuplicates().allMatch(port -> port >= 12_000 && port < 32_000);
    }
}
