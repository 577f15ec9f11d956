package riskcluster.node.operate;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import riskcluster.contracts.trace.LineFields;
import riskcluster.node.log.LogLevel;
import riskcluster.node.log.LogLine;
import riskcluster.node.log.RecentLines;
import riskcluster.node.operate.protocol.CommandPage;
import riskcluster.node.operate.protocol.OptionPage;

/** The command that tells the last lines of this node's log, and follows it where it is told to. */
final class LogTail {

    private static final int LINES = 100;
    private static final long LIVE_EVERY_SECONDS = 10;
    private static final int PARTITION_MAX = 9_999;

    /** Whoever types a user id by mistake is told so, and it goes no further. */
    private static final Pattern PSEUDONYM = Pattern.compile("k[1-9][0-9]*:[0-9a-f]+");

    private static final Pattern TRACE = Pattern.compile("[0-9a-f]{32}");

    private static final OptionPage FOLLOW =
            OptionPage.of("-f", "--follow", "", "Goes on with each new line, until Ctrl-C.");
    private static final OptionPage LINES_OPTION = OptionPage.of(
            "-n", "--lines", "N", "So many of the last lines, 0 to " + RecentLines.LINES_MAX + "; " + LINES + ".");
    private static final OptionPage LEVEL =
            OptionPage.of("-l", "--level", "LEVEL", "Lines of this level and above.", "error", "warn", "info", "debug");
    private static final OptionPage PARTITION = OptionPage.of("-p", "--partition", "N", "Lines about this partition.");
    private static final OptionPage CUSTOMER =
            OptionPage.of("-c", "--customer", "KEY", "Lines about the customer of this pseudonym.");
    private static final OptionPage TRACE_OPTION =
            OptionPage.of("-t", "--trace", "ID", "Lines about records of this trace, 32 hexadecimal digits.");

    private final RecentLines lines;

    LogTail(RecentLines lines) {
        this.lines = lines;
    }

    Command command() {
        return new Command(
                CommandPage.follows(
                        "tail",
                        "Prints the last lines of the node's log, the oldest first; with -f also those to come.",
                        FOLLOW,
                        LINES_OPTION,
                        LEVEL,
                        PARTITION,
                        CUSTOMER,
                        TRACE_OPTION),
                this::tell);
    }

    private void tell(Arguments arguments, Answer answer) throws InterruptedException {
        var wanted = wanted(arguments);
        int most = arguments.number(LINES_OPTION.name(), LINES, 0, RecentLines.LINES_MAX);
        try (var following = lines.follow(wanted, most)) {
            following.last().forEach(line -> answer.follow(line.json(), line::text));
            if (arguments.value(FOLLOW.name()).isPresent()) {
                follow(following, answer);
            }
        }
    }

    private static void follow(RecentLines.Following following, Answer answer) throws InterruptedException {
        while (!following.isLost()) {
            following
                    .next(LIVE_EVERY_SECONDS)
                    .ifPresentOrElse(line -> answer.follow(line.json(), line::text), answer::live);
        }
        throw CommandRefused.failed("the lines were read too slowly, and some are lost");
    }

    private static Predicate<LogLine> wanted(Arguments arguments) {
        Predicate<LogLine> wanted = line -> true;
        if (arguments.value(LEVEL.name()).isPresent()) {
            var least = level(arguments.value(LEVEL.name()).get());
            wanted = wanted.and(line -> least.takes(line.level()));
        }
        if (arguments.value(PARTITION.name()).isPresent()) {
            int number = arguments.number(PARTITION.name(), 0, 0, PARTITION_MAX);
            wanted = wanted.and(has(LineFields.PARTITION, Integer.toString(number)));
        }
        wanted = wanted.and(has(
                arguments,
                CUSTOMER,
                LineFields.CUSTOMER_KEY,
                PSEUDONYM,
                "a pseudonym such as k1:00ff; never a user id"));
        return wanted.and(has(arguments, TRACE_OPTION, LineFields.TRACE_ID, TRACE, "32 hexadecimal digits"));
    }

    /** What was typed is not told back where it is none of these: it may be a person's. */
    private static Predicate<LogLine> has(
            Arguments arguments, OptionPage option, String field, Pattern allowed, String told) {
        return arguments
                .value(option.name())
                .map(value -> {
                    if (!allowed.matcher(value).matches()) {
                        throw CommandRefused.misused(option.names().getLast() + " takes " + told);
                    }
                    return has(field, value);
                })
                .orElse(line -> true);
    }

    private static Predicate<LogLine> has(String field, String value) {
        return line -> line.field(field).equals(value);
    }

    private static LogLevel level(String text) {
        return Arrays.stream(LogLevel.values())
                .filter(level -> level.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> CommandRefused.misused(LEVEL.name() + " is '" + text + "', allowed: "
                        + Arrays.stream(LogLevel.values())
                                .map(level -> level.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }
}
