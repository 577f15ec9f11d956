package riskcluster.node.fault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A comparison that could not find anything would pass every kill test. */
class ContentsTest {

    private static final Place ONE = new Place(0, 1);
    private static final Place TWO = new Place(0, 2);
    private static final Place THREE = new Place(1, 1);

    @Test
    void equalShelvesDoNotDiffer() throws Exception {
        var shelf = shelf(Map.entry(ONE, "a"), Map.entry(THREE, "b"));

        assertThat(Contents.of(shelf).differences(Contents.of(shelf))).isEmpty();
        assertThat(Contents.of(shelf).repetitions()).isEmpty();
    }

    @Test
    void whatIsMissingExtraOrOtherIsNamedByItsPlace() throws Exception {
        var here = Contents.of(shelf(Map.entry(ONE, "a"), Map.entry(TWO, "x")));
        var there = Contents.of(shelf(Map.entry(TWO, "y"), Map.entry(THREE, "b")));

        assertThat(here.differences(there))
                .anyMatch(found -> found.contains("1 is missing, first 1/1"))
                .anyMatch(found -> found.contains("1 should not be here, first 0/1"))
                .anyMatch(found -> found.contains("input 0/2 differs: here: x"))
                .anyMatch(found -> found.contains("input 0/2 differs: undisturbed: y"));
    }

    @Test
    void whatStandsTwiceIsARepetitionEvenWhereItIsEqual() throws Exception {
        var twice = Contents.of(shelf(Map.entry(ONE, "a"), Map.entry(ONE, "a")));

        assertThat(twice.repetitions()).containsExactly("shelf: input 0/1 stands here 2 times");
    }

    @SafeVarargs
    private static Shelf shelf(Map.Entry<Place, String>... content) {
        return new Shelf() {
            @Override
            public String name() {
                return "shelf";
            }

            @Override
            public void show(Visitor visitor) {
                List.of(content)
                        .forEach(each ->
                                visitor.see(each.getKey(), each.getValue().getBytes(UTF_8), each::getValue));
            }
        };
    }
}
