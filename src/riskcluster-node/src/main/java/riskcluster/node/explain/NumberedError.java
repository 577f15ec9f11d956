package riskcluster.node.explain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import riskcluster.contracts.decision.Reason;

/**
 * An error that has a number, as it is explained to people.
 *
 * @param code {@code RC-nnnn}
 * @param remedy what to do
 * @param seen where it is met
 */
public record NumberedError(String code, String meaning, String remedy, String seen) {

    private static final String OF_RECORDS =
            "the dead letter's header dq_reason, column reason of bronze.rejected, 'riskcluster dlq list'";
    private static final String OF_CLUSTERS = "'riskcluster cluster health', 'riskcluster doctor'";
    private static final Pattern TYPED = Pattern.compile("(?:RC-?)?(?<number>[0-9]{1,9})");

    /** All, in the order of their numbers. */
    public static List<NumberedError> all() {
        return Stream.concat(
                        Arrays.stream(Reason.values()).map(NumberedError::of),
                        Arrays.stream(Finding.values()).map(NumberedError::of))
                .toList();
    }

    private static NumberedError of(Reason reason) {
        return new NumberedError(reason.code(), reason.meaning(), reason.remedy(), OF_RECORDS);
    }

    private static NumberedError of(Finding finding) {
        return new NumberedError(finding.code(), finding.meaning(), finding.remedy(), OF_CLUSTERS);
    }

    /** The one that somebody means, however he wrote it: {@code RC-1010}, {@code rc1010} or {@code 1010}. */
    public static Optional<NumberedError> find(String typed) {
        var matcher = TYPED.matcher(typed.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            return Optional.empty();
        }
        var code = "RC-" + matcher.group("number");
        return all().stream().filter(error -> error.code().equals(code)).findFirst();
    }
}
