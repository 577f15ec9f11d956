package riskcluster.node.operate.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.OutputFormat;

/**
 * What was typed, without what only the client is concerned with.
 *
 * @param words palette, command and its options, for the node
 * @param format of the output
 * @param help the command's help instead of the command
 * @param answerMax so long an answer may take
 */
record Request(List<String> words, OutputFormat format, boolean help, Duration answerMax) {

    /** Longer than a node gives any command, so that its own limit answers first. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);

    private static final Pattern SECONDS = Pattern.compile("[1-9][0-9]{0,4}");

    Request {
        words = List.copyOf(words);
    }

    /**
     * Takes the client's options out of the words.
     *
     * @throws CommandFailed where one of them has no right value
     */
    static Request of(List<String> typed) {
        var words = new ArrayList<String>();
        var format = OutputFormat.TABLE;
        var help = false;
        var answerMax = ANSWER_MAX;
        var rest = typed.iterator();
        while (rest.hasNext()) {
            var word = rest.next();
            switch (word.startsWith("--") ? word.replaceFirst("=.*", "") : word) {
                case "-o", "--output" -> format = format(value(word, rest));
                case "--timeout" -> answerMax = seconds(value(word, rest));
                case "-h", "--help" -> help = true;
                default -> words.add(word);
            }
        }
        return new Request(words, format, help, answerMax);
    }

    private static String value(String word, Iterator<String> rest) {
        var equals = word.indexOf('=');
        if (equals < 0 && !rest.hasNext()) {
            throw misused(word + " needs a value");
        }
        return equals < 0 ? rest.next() : word.substring(equals + 1);
    }

    private static OutputFormat format(String word) {
        return OutputFormat.of(word)
                .orElseThrow(() -> misused(word + " is no format, allowed: " + OutputFormat.ALLOWED));
    }

    private static Duration seconds(String text) {
        if (!SECONDS.matcher(text).matches()) {
            throw misused("--timeout is '" + text + "', allowed: 1 to 99999 seconds");
        }
        return Duration.ofSeconds(Long.parseLong(text));
    }

    private static CommandFailed misused(String what) {
        return new CommandFailed(Exit.USAGE, what);
    }
}
