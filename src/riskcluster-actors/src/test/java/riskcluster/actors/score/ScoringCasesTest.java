package riskcluster.actors.score;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.transaction.Transaction;

/** The scoring cases that an auditor reads in {@code scoring-cases.txt}. */
class ScoringCasesTest {
    private static final int COLUMNS = 14;

    private final Map<String, Profile> profiles = new HashMap<>();

    @Test
    void everyCaseIsDecidedAsItsLineSays(@TempDir Path folder) throws IOException {
        var lines = lines();
        var policy = defaultWithLocalTimeOfVietNam(folder.resolve("rules.json"));
        var expected = lines.stream().map(ScoringCasesTest::cells).map(cells -> said(cells, cells.subList(8, COLUMNS)));

        var found = lines.stream().map(ScoringCasesTest::cells).map(cells -> said(cells, scored(cells, policy)));

        assertThat(found.toList()).containsExactlyElementsOf(expected.toList()).hasSizeGreaterThan(40);
    }

    private static String said(List<String> cells, List<String> outcome) {
        return cells.get(0) + " " + cells.get(1) + " " + cells.get(2) + ": " + outcome;
    }

    private List<String> scored(List<String> cells, Policy policy) {
        var transaction = transaction(cells);
        var profile = profiles.getOrDefault(transaction.userId(), Profile.EMPTY);
        var scored = Tries.SCORER.score(profile, transaction, profile.lastOffset() + 1, policy);
        profiles.put(transaction.userId(), scored.profile());
        return switch (scored.outcome()) {
            case Outcome.Rejected _ -> List.of("rejected");
            case Outcome.Erased _ -> List.of("erased");
            case Outcome.Duplicate _ -> List.of("duplicate", "", "", "", "", "");
            case Outcome.Decided(var decision) ->
                List.of(
                        "decided",
                        decision.late() ? "late" : "",
                        Integer.toString(decision.count30m()),
                        Integer.toString(decision.points()),
                        decision.band().name(),
                        decision.firedRules().stream()
                                .map(rule -> rule.rule() + "=" + rule.observed())
                                .collect(Collectors.joining(" ")));
        };
    }

    private static Policy defaultWithLocalTimeOfVietNam(Path file) throws IOException {
        var rules = PolicyFile.bundled("default").stored().content();
        Files.writeString(file, "{\"country_zones\":{\"VN\":\"Asia/Ho_Chi_Minh\"}," + rules.substring(1));
        return ((PolicyReading.Ready) PolicyFile.read(file)).policy();
    }

    private static Transaction transaction(List<String> cells) {
        var time = Instant.parse(cells.get(2));
        var fraud = orNull(cells.get(7));
        return new Transaction(
                cells.get(1),
                cells.get(0),
                new BigDecimal(cells.get(3)).movePointRight(4).longValueExact(),
                time.getEpochSecond() * 1_000_000 + time.getNano() / 1_000,
                orNull(cells.get(4)),
                null,
                null,
                orNull(cells.get(5)),
                orNull(cells.get(6)),
                null,
                fraud == null ? null : Boolean.valueOf(fraud));
    }

    private static @Nullable String orNull(String cell) {
        return cell.isEmpty() ? null : cell;
    }

    private static List<String> cells(String line) {
        var cells = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        assertThat(cells).as(line).hasSize(COLUMNS);
        return cells;
    }

    private static List<String> lines() throws IOException {
        try (var in = ScoringCasesTest.class.getResourceAsStream("/score/scoring-cases.txt")) {
            assertThat(in).isNotNull();
            var text = new String(in == null ? new byte[0] : in.readAllBytes(), StandardCharsets.UTF_8);
            return text.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList();
        }
    }
}
