package riskcluster.node.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MachineTest {

    /** Larger ones would take more than their size: some collectors give whole regions to those. */
    private static final int PIECE_BYTES = 64 << 10;

    private static final int PIECES_PER_MIB = 16;
    private static final int HELD_MIB = 48;

    /** For what the rest of this process holds or lets go meanwhile. */
    private static final int OTHERS_MIB = 16;

    @Test
    void whatIsHeldIsLiveAndWhatIsLetGoIsNot() {
        double before = Machine.liveMib();
        var held = held();
        double with = Machine.liveMib();
        Reference.reachabilityFence(held);
        assertThat(with - before).isBetween((double) HELD_MIB - OTHERS_MIB, (double) HELD_MIB + OTHERS_MIB);

        held.clear();
        assertThat(Machine.liveMib() - before).isLessThan(OTHERS_MIB);
    }

    private static List<byte[]> held() {
        var held = new ArrayList<byte[]>();
        for (int i = 0; i < HELD_MIB * PIECES_PER_MIB; i++) {
            held.add(new byte[PIECE_BYTES]);
        }
        return held;
    }
}
