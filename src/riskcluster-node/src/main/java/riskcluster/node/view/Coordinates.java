package riskcluster.node.view;

import java.util.Optional;
import java.util.regex.Pattern;

/** Where a record stands on the input, {@code topic/partition/offset}. */
public record Coordinates(String topic, int partition, long offset) {

    private static final Pattern TEXT =
            Pattern.compile("(?<topic>[A-Za-z0-9._-]{1,249})/(?<partition>[0-9]{1,9})/(?<offset>[0-9]{1,18})");

    /** The coordinates, if the text is some. */
    public static Optional<Coordinates> parse(String text) {
        var matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new Coordinates(
                        matcher.group("topic"),
                        Integer.parseInt(matcher.group("partition")),
                        Long.parseLong(matcher.group("offset"))))
                : Optional.empty();
    }

    /** The condition by which a row of bronze has them. */
    public String sql() {
        return "topic = '" + topic + "' AND \"partition\" = " + partition + " AND \"offset\" = " + offset;
    }

    @Override
    public String toString() {
        return topic + "/" + partition + "/" + offset;
    }
}
