package riskcluster.node.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class DueTimesTest {

    @Test
    void eachRecordKeepsItsOwnTimeInWhateverOrderTheyCome() {
        var due = new DueTimes();
        due.put(3, 10_000, 7);
        due.put(3, 0, 5);
        due.put(1, 4, 6);

        assertThat(due.at(3, 10_000)).hasValue(7);
        assertThat(due.at(3, 0)).hasValue(5);
        assertThat(due.at(1, 4)).hasValue(6);
    }

    @Test
    void whatWasNotSentFromHereHasNone() {
        var due = new DueTimes();
        due.put(1, 4, 6);

        for (var unknown : new long[][] {{1, 3}, {1, 1_000_000}, {0, 4}, {9, 0}, {-1, 0}, {1, -1}}) {
            assertThat(due.at((int) unknown[0], unknown[1])).isEqualTo(OptionalLong.empty());
        }
    }
}
