package riskcluster.actors.customer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnTest {

    private final List<String> ran = new ArrayList<>();
    private final List<Runnable> handedOn = new ArrayList<>();

    @Test
    void withoutATurnNothingIsTaken() {
        assertThat(Turn.takes(() -> ran.add("a"), handedOn::add)).isFalse();
        try (var turn = Turn.begin()) {
            turn.told();
        }
        assertThat(Turn.takes(() -> ran.add("a"), handedOn::add)).isFalse();
        assertThat(ran).isEmpty();
    }

    @Test
    void whoIsToldRunsOnThisThreadInOrderBeforeTheTurnEnds() {
        try (var turn = Turn.begin()) {
            tell(turn, () -> ran.add("a"));
            tell(turn, () -> ran.add("b"));
            assertThat(ran).isEmpty();
        }
        assertThat(ran).containsExactly("a", "b");
        assertThat(handedOn).isEmpty();
    }

    @Test
    void manyDoNotWaitForTheTurnsEnd() {
        try (var turn = Turn.begin()) {
            for (int i = 0; i < 100; i++) {
                tell(turn, () -> ran.add("a"));
            }
            assertThat(ran).hasSize(64);
        }
        assertThat(ran).hasSize(100);
    }

    @Test
    void whatRunningCausesRunsToo() {
        try (var turn = Turn.begin()) {
            tell(
                    turn,
                    () -> assertThat(Turn.takes(() -> ran.add("caused"), handedOn::add))
                            .isTrue());
        }
        assertThat(ran).containsExactly("caused");
    }

    @Test
    void afterAFailureTheOthersAreHandedOn() {
        assertThatThrownBy(() -> {
                    try (var turn = Turn.begin()) {
                        tell(turn, () -> {
                            throw new IllegalStateException("broken");
                        });
                        tell(turn, () -> ran.add("b"));
                    }
                })
                .hasMessage("broken");

        handedOn.forEach(Runnable::run);
        assertThat(ran).containsExactly("b");
        assertThat(Turn.takes(() -> ran.add("c"), handedOn::add)).isFalse();
    }

    private void tell(Turn turn, Runnable work) {
        assertThat(Turn.takes(work, handedOn::add)).isTrue();
        turn.told();
    }
}
