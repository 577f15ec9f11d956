package riskcluster.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import riskcluster.faults.Network.Cut;

/** Packets between namespaces pass, but for those that were cut off, and in that direction alone. */
class NetworkTest {

    private static final int NODES = 3;

    private Network network;

    @BeforeEach
    void open() throws Exception {
        network = Network.of(NODES);
        assumeThat(network.canBeCut()).as(network.why()).isTrue();
    }

    @AfterEach
    void close() {
        network.close();
    }

    /** A question that is lost and an answer that is lost look alike: nothing comes back. */
    private boolean pass(int from, int to) throws Exception {
        return network.reaches(from, network.host(to));
    }

    @Test
    void aCutToOneNodeLeavesTheOthersReachable() throws Exception {
        network.cut(0, Cut.TO_ONE_NODE);

        assertThat(pass(0, 1)).isFalse();
        assertThat(pass(0, 2)).isTrue();
        assertThat(network.reaches(0, network.host())).isTrue();

        network.mend(0);
        assertThat(pass(0, 1)).isTrue();
    }

    @Test
    void aCutFromTheNodesLeavesTheServersReachable() throws Exception {
        network.cut(0, Cut.FROM_THE_NODES);

        assertThat(pass(1, 0)).isFalse();
        assertThat(pass(1, 2)).isTrue();
        assertThat(network.reaches(0, network.host())).isTrue();

        network.mendAll();
        assertThat(pass(1, 0)).isTrue();
        assertThat(network.isWhole()).isTrue();
    }

    @Test
    void aCutToEverythingReachesTheServersNeither() throws Exception {
        network.cut(0, Cut.TO_ALL);

        assertThat(network.reaches(0, network.host())).isFalse();
        assertThat(pass(1, 2)).isTrue();
    }
}
