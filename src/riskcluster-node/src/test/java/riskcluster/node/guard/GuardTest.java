package riskcluster.node.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.node.explain.Finding;

class GuardTest {

    private static final String FROM = "10.0.0.9";
    private static final String TOKEN = "canary-of-ann";

    @TempDir
    private Path folder;

    private final List<String> record = new ArrayList<>();
    private long nanos;
    private Guard guard = Guard.open();

    @BeforeEach
    void annIsAnOperator() throws IOException {
        guard = guard(line("ann", "operator", TOKEN) + "# gone: bob\n\n" + line("eve", "viewer", "of-eve"));
    }

    private static String line(String name, String role, String token) {
        return name + " " + role + " " + HexFormat.of().formatHex(Tokens.hash(token)) + "\n";
    }

    private Guard guard(String tokens) throws IOException {
        var clock = Clock.fixed(Instant.parse("2026-01-06T10:00:00Z"), ZoneOffset.UTC);
        return new Guard(
                Optional.of(new Tokens(Files.writeString(folder.resolve("tokens"), tokens))),
                new Audit(clock, record::add),
                () -> nanos);
    }

    private Finding refused(Optional<String> token) {
        return guard.admit(token, FROM, "GET /v1/cluster")
                .refusal()
                .orElseThrow()
                .finding();
    }

    @Test
    void aTokenOfTheFileIsItsHoldersNameAndRole() {
        assertThat(guard.admit(Optional.of(TOKEN), FROM, "").caller()).contains(new Caller("ann", Role.OPERATOR, FROM));
        assertThat(refused(Optional.empty())).isEqualTo(Finding.TOKEN_MISSING);
        assertThat(refused(Optional.of("of-bob"))).isEqualTo(Finding.TOKEN_UNKNOWN);
        assertThat(refused(Optional.of(""))).isEqualTo(Finding.TOKEN_UNKNOWN);
        assertThat(record).hasSize(3).noneMatch(line -> line.contains("of-bob") || line.contains("canary"));
    }

    @Test
    void eachRoleMayWhatThoseBeforeItMayAndNoMore() {
        var ann = guard.admit(Optional.of(TOKEN), FROM, "").caller().orElseThrow();

        assertThat(guard.refuse(ann, Role.VIEWER, "cluster show")).isEmpty();
        assertThat(guard.refuse(ann, Role.OPERATOR, "cluster leave")).isEmpty();
        assertThat(guard.refuse(ann, Role.ADMIN, "cluster down -a x"))
                .contains(new Refusal(
                        Finding.ROLE_TOO_SMALL,
                        "'cluster down -a x' is for the role admin, and ann has the role operator"));
        assertThat(record)
                .containsExactly("{\"time\":\"2026-01-06T10:00:00Z\",\"what\":\"cluster down -a"
                                     + " x\",\"outcome\":\"refused\",\"from\":\"10.0.0.9\",\"who\":\"ann\",\"role\":\"operator\",\"why\":\"RC-2203:"
                                     + " 'cluster down -a x' is for the role admin, and ann has the role operator\"}");
    }

    @Test
    void whoAsksTooOftenIsToldSoAndLetGoOnWithTime() {
        var ann = new Caller("ann", Role.OPERATOR, FROM);
        for (int asked = 0; asked < Guard.REQUESTS_AT_ONCE; asked++) {
            assertThat(guard.refuse(ann, Role.VIEWER, "look")).isEmpty();
        }

        assertThat(guard.refuse(ann, Role.VIEWER, "look").orElseThrow().finding())
                .isEqualTo(Finding.TOO_MANY_REQUESTS);
        assertThat(guard.refuse(new Caller("eve", Role.VIEWER, FROM), Role.VIEWER, "look"))
                .isEmpty();
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(guard.refuse(ann, Role.VIEWER, "look")).isEmpty();
    }

    @Test
    void whoGuessesIsSoonNotEvenHeardAndARightTokenIsLetInFromThereAllTheSame() {
        for (int guess = 0; guess < Guard.WRONG_AT_ONCE; guess++) {
            assertThat(refused(Optional.of("guess " + guess))).isEqualTo(Finding.TOKEN_UNKNOWN);
        }

        assertThat(refused(Optional.of("one more"))).isEqualTo(Finding.TOO_MANY_REQUESTS);
        assertThat(record).hasSize(Guard.WRONG_AT_ONCE);
        assertThat(guard.admit(Optional.of(TOKEN), FROM, "").caller()).isPresent();
        nanos += TimeUnit.SECONDS.toNanos(1);
        assertThat(refused(Optional.of("later"))).isEqualTo(Finding.TOKEN_UNKNOWN);
    }

    @Test
    void aFileThatIsNoneIsRefusedWithoutTellingWhatIsInIt() {
        for (var wrong : List.of("ann operator " + TOKEN, "ann boss 00", TOKEN, "# nobody")) {
            assertThatThrownBy(() -> guard(wrong + "\n"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("allowed: ")
                    .hasMessageNotContaining(TOKEN);
        }
    }

    @Test
    void whatChangesThingsIsOnRecordWithItsEnd() {
        var ann = new Caller("ann", Role.OPERATOR, FROM);

        guard.audit().begun(ann, "cluster leave");
        guard.audit().ended(ann, "cluster leave", false, "no \"such\"\nmember");

        assertThat(record).hasSize(2).allMatch(line -> line.lines().count() == 1);
        assertThat(record.getFirst()).contains("\"outcome\":\"begun\"");
        assertThat(record.getLast()).contains("\"outcome\":\"failed\"", "\"why\":\"no \\\"such\\\"\\nmember\"");
    }
}
