package riskcluster.node.generate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Breaks good records in the ways in which senders break the data contract. */
final class Spoiler {

    private static final int WAYS = 6;

    private Spoiler() {}

    static Generated spoil(Generated good, Dice dice) {
        var json = new String(good.value(), StandardCharsets.US_ASCII);
        return switch (dice.below(WAYS)) {
            case 0 -> bad(good, good.key(), Arrays.copyOf(good.value(), good.value().length / 2));
            case 1 -> bad(good, good.key(), bytes(json.replaceFirst("\"amount\":[0-9.]+,", "")));
            case 2 -> bad(good, good.key(), bytes(json.replaceFirst("\"amount\":", "\"amount\":-")));
            case 3 ->
                bad(good, good.key(), bytes(json.replaceFirst("\"amount\":([0-9.]+)", "\"amount\":{\"value\":$1}")));
            case 4 ->
                bad(
                        good,
                        good.key(),
                        bytes(json.replaceFirst("\"timestamp\":\"[^\"]+\"", "\"timestamp\":\"yesterday\"")));
            default -> bad(good, null, good.value());
        };
    }

    private static Generated bad(Generated good, byte @Nullable [] key, byte[] value) {
        return new Generated(key, value, good.eventTimeMicros(), good.transactionId(), good.scenario(), true, false);
    }

    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.US_ASCII);
    }
}
