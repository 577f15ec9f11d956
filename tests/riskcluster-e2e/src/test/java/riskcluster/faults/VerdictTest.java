package riskcluster.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import riskcluster.programs.Program.Answer;

/** What the judge says is read from its report, and nothing it says is passed over. */
class VerdictTest {

    private static final String REPORT = """
        a warning of some library
        {"verdict": "violations", "facts": {"input records": 9}, "checks": [
          {"name": "produced.lost", "violations": 2, "offenders": ["0/1", "0/2"]},
          {"name": "produced.doubled", "violations": 0, "offenders": []}]}
        """;

    @Test
    void everyCheckThatDoesNotHoldIsAFinding() {
        var verdict = Verdict.of(new Answer(1, REPORT), Duration.ofSeconds(2));

        assertThat(verdict.findings("at the end"))
                .containsExactly(
                        "at the end: the judge ends with status 1",
                        "at the end: produced.lost: 2 wrong, [\"0/1\",\"0/2\"]");
        assertThat(verdict.violations("produced.lost")).isEqualTo(2);
        assertThat(verdict.violations("produced.doubled")).isZero();
        assertThat(verdict.violations("another")).isEqualTo(-1);
        assertThat(verdict.line()).isEqualTo("violations, 2 checks, 9 records, 2000 ms");
    }

    @Test
    void anAnswerThatCannotBeReadIsAFindingToo() {
        var verdict = Verdict.of(new Answer(2, "judge: no such file"), Duration.ZERO);

        assertThat(verdict.findings("during the faults")).hasSize(1);
        assertThat(verdict.hasLooked()).isTrue();
    }

    @Test
    void whoWasNotAnsweredHasNotLooked() {
        assertThat(Verdict.of(new Answer(3, "judge: Kafka does not answer"), Duration.ZERO)
                        .hasLooked())
                .isFalse();
    }
}
