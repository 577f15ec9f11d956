package riskcluster.lakehouse.gold;

import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Band;

/**
 * A decision of silver that has another band than it had, with what windows tell it by.
 *
 * @param watermarkMicros its partition's when it was decided, itself included
 */
public record BandMove(
        long eventMicros,
        long watermarkMicros,
        @Nullable String merchant,
        @Nullable String paymentMethod,
        @Nullable String country,
        @Nullable String customerKey,
        @Nullable String currency,
        Band from,
        Band to) {

    @Nullable
    String text(Cube cube) {
        return switch (cube) {
            case MERCHANT -> merchant;
            case PAYMENT_METHOD -> paymentMethod;
            case COUNTRY -> country;
            case USER -> customerKey;
        };
    }
}
