package riskcluster.node.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KNOWN = List.of("show", "status", "leave", "leader", "down");

    @Test
    void similarWordsAreFoundAndOthersAreNot() {
        assertThat(Nearest.to("shwo", KNOWN)).contains("show");
        assertThat(Nearest.to("statsu", KNOWN)).contains("status");
        assertThat(Nearest.to("leav", KNOWN)).contains("leave");
        assertThat(Nearest.to("hierarchy", KNOWN)).isEmpty();
        assertThat(Nearest.to("x".repeat(1_000), KNOWN)).isEmpty();
        assertThat(Nearest.hint("dwn", KNOWN)).isEqualTo("; did you mean 'down'?");
    }

    @Test
    void theDistanceCountsLettersPutInTakenOutChangedAndSwapped() {
        assertThat(Nearest.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Nearest.distance("shwo", "show")).isEqualTo(1);
        assertThat(Nearest.distance("", "abc")).isEqualTo(3);
        assertThat(Nearest.distance("same", "same")).isZero();
    }
}
