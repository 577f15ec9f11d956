package riskcluster.node.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecentLinesTest {

    private final RecentLines lines = new RecentLines();

    private void say(String message) {
        lines.keep(new LogLine(
                JsonNodeFactory.instance.objectNode().put("level", "INFO").put("message", message)));
    }

    private static List<String> messages(List<LogLine> told) {
        return told.stream().map(line -> line.field("message")).toList();
    }

    @Test
    void theOldestLinesGoWhereThereAreTooMany() {
        for (int i = 0; i < RecentLines.LINES_MAX + 5; i++) {
            say("line " + i);
        }

        assertThat(lines.kept()).hasSize(RecentLines.LINES_MAX);
        assertThat(messages(lines.kept())).first().isEqualTo("line 5");
    }

    @Test
    void theOldestLinesGoWhereTheyAreTooLong() {
        var text = "x".repeat(RecentLines.CHARACTERS_MAX / 4);
        for (int i = 0; i < 10; i++) {
            say(i + text);
        }

        assertThat(lines.kept()).hasSize(3);
        assertThat(lines.kept().stream().mapToInt(LogLine::characters).sum())
                .isLessThanOrEqualTo(RecentLines.CHARACTERS_MAX);
    }

    @Test
    void whoFollowsGetsTheLastOnesThatHeWantsAndThenEachNewOneOnce() throws InterruptedException {
        say("a1");
        say("b1");
        say("a2");
        say("a3");
        try (var following = lines.follow(line -> line.field("message").startsWith("a"), 2)) {
            say("b2");
            say("a4");

            assertThat(messages(following.last())).containsExactly("a2", "a3");
            assertThat(following.next(5)).map(line -> line.field("message")).contains("a4");
            assertThat(following.next(0)).isEmpty();
        }
    }

    @Test
    void whoDoesNotTakeWhatComesIsToldThatSomeAreLost() {
        try (var following = lines.follow(line -> true, 0)) {
            for (int i = 0; i < RecentLines.WAITING_MAX; i++) {
                say("line");
            }
            assertThat(following.isLost()).isFalse();

            say("one more");

            assertThat(following.isLost()).isTrue();
        }
    }
}
