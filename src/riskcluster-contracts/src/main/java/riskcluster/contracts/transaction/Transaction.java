package riskcluster.contracts.transaction;

import org.jspecify.annotations.Nullable;

/**
 * A transaction that has passed the data contract; absent fields were absent in the input.
 *
 * @param amountUnits the amount in units of 10<sup>-4</sup> of the currency, 0 or more, at most 18 digits
 * @param eventTimeMicros when it happened, microseconds since 1970 UTC
 * @param location as it was sent; city and country are derived by the policy
 * @param fraud the mark the sender already had when the transaction happened, never a later label
 * @param extras fields that the cluster's own contract names beside these
 */
public record Transaction(
        String transactionId,
        String userId,
        long amountUnits,
        long eventTimeMicros,
        @Nullable String currency,
        @Nullable String merchant,
        @Nullable String terminalId,
        @Nullable String paymentMethod,
        @Nullable String location,
        @Nullable String deviceId,
        @Nullable Boolean fraud,
        Extras extras) {

    /** Units of {@link #amountUnits} in one unit of the currency. */
    public static final long UNITS_PER_ONE = 10_000;

    public Transaction {
        if (transactionId.isEmpty()) {
            throw new IllegalArgumentException("a transaction needs an id");
        }
        if (amountUnits < 0) {
            throw new IllegalArgumentException("amount is " + amountUnits + " units, allowed: 0 or more");
        }
    }

    /** A transaction without extra fields. */
    public Transaction(
            String transactionId,
            String userId,
            long amountUnits,
            long eventTimeMicros,
            @Nullable String currency,
            @Nullable String merchant,
            @Nullable String terminalId,
            @Nullable String paymentMethod,
            @Nullable String location,
            @Nullable String deviceId,
            @Nullable Boolean fraud) {
        this(
                transactionId,
                userId,
                amountUnits,
                eventTimeMicros,
                currency,
                merchant,
                terminalId,
                paymentMethod,
                location,
                deviceId,
                fraud,
                Extras.NONE);
    }

    /** {@code units} of 10<sup>-4</sup> as a plain decimal without trailing zeros, such as {@code 5000.25}. */
    public static String amountText(long units) {
        var text = new StringBuilder(24).append(units / UNITS_PER_ONE);
        var fraction = (int) (units % UNITS_PER_ONE);
        if (fraction != 0) {
            text.append('.');
            for (int place = 1_000; fraction != 0; place /= 10) {
                text.append((char) ('0' + fraction / place));
                fraction %= place;
            }
        }
        return text.toString();
    }
}
