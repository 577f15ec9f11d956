package riskcluster.actors.score;

import riskcluster.actors.policy.Window;
import riskcluster.actors.policy.WindowTotals;
import riskcluster.contracts.transaction.Transaction;

/** The values of the {@link riskcluster.actors.model.FeatureVector} for one transaction. */
final class Features {
    private static final int NIGHT_FROM = 23;
    private static final int NIGHT_TO = 5;
    private static final int SATURDAY = 6;

    private Features() {}

    /**
     * The vector of a transaction.
     *
     * @param hour local, 0 to 23
     * @param day local, ISO day of week
     * @param newestMicros greatest event time among the customer's earlier records, {@code Long.MIN_VALUE} for none
     */
    static float[] of(Transaction transaction, int hour, int day, WindowTotals totals, long newestMicros) {
        double amount = transaction.amountUnits() / (double) Transaction.UNITS_PER_ONE;
        double average30d = totals.average(Window.MONTH);
        return new float[] {
            (float) amount,
            hour,
            day,
            day >= SATURDAY ? 1 : 0,
            hour >= NIGHT_FROM || hour < NIGHT_TO ? 1 : 0,
            totals.count(Window.HALF_HOUR),
            totals.count(Window.HOUR),
            totals.count(Window.DAY),
            (float) totals.average(Window.DAY),
            totals.count(Window.WEEK),
            (float) totals.average(Window.WEEK),
            totals.count(Window.MONTH),
            (float) average30d,
            average30d == 0 ? Float.NaN : (float) (amount / average30d),
            secondsSince(newestMicros, transaction.eventTimeMicros())
        };
    }

    private static float secondsSince(long newestMicros, long micros) {
        if (newestMicros == Long.MIN_VALUE) {
            return Float.NaN;
        }
        long apart = micros - newestMicros;
        boolean overflown = ((micros ^ newestMicros) & (micros ^ apart)) < 0;
        return (float) ((overflown ? (double) micros - newestMicros : apart) / 1e6);
    }
}
