package riskcluster.node.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundTest {

    @Test
    void anEndOfARangeIsABatchATimeOrOffsets() {
        assertThat(Bound.parse("--to", "batch:17")).isEqualTo(new Bound.Batch(17));
        assertThat(Bound.parse("--to", "2026-01-06T12:00:00+02:00"))
                .isEqualTo(new Bound.Time(Instant.parse("2026-01-06T10:00:00Z")));
        assertThat(Bound.parse("--to", "2026-01-06")).isEqualTo(new Bound.Time(Instant.parse("2026-01-06T00:00:00Z")));
        assertThat(Bound.parse("--to", "3:1000,4:0")).isEqualTo(new Bound.Offsets(Map.of(3, 1000L, 4, 0L)));
    }

    @Test
    void anythingElseIsRefusedWithWhatIsAllowed() {
        for (String text : new String[] {"", "17", "batch:x", "3:", "2026-13-01", "yesterday", "3:-1"}) {
            assertThatThrownBy(() -> Bound.parse("--from", text))
                    .as(text)
                    .hasMessage("--from is " + text + ", allowed: " + Bound.ALLOWED);
        }
        assertThatThrownBy(() -> Bound.parse("--from", "3:1,3:2")).hasMessageContaining("partition 3 twice");
    }
}
