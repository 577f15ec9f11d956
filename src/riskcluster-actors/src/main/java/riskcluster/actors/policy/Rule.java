package riskcluster.actors.policy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import riskcluster.contracts.transaction.Transaction;

/** One compiled rule: a pure test of what is known about a transaction. */
public sealed interface Rule {

    String id();

    /** What it adds to the points when it fires. */
    int points();

    boolean fires(Sight sight);

    /** The value that made it fire, for a person; asked for only after it fired. */
    String observed(Sight sight);

    /** The sender's own mark. */
    record Flag(String id, int points) implements Rule {
        @Override
        public boolean fires(Sight sight) {
            return Boolean.TRUE.equals(sight.transaction().fraud());
        }

        @Override
        public String observed(Sight sight) {
            return "true";
        }
    }

    /**
     * An amount above a threshold, whatever the currency.
     *
     * @param limits thresholds of the currencies that have their own
     */
    record AmountAbove(String id, int points, long thresholdUnits, Map<String, Long> limits) implements Rule {
        public AmountAbove {
            limits = Map.copyOf(limits);
        }

        @Override
        public boolean fires(Sight sight) {
            var transaction = sight.transaction();
            return transaction.amountUnits() > limit(transaction);
        }

        private long limit(Transaction transaction) {
            var currency = transaction.currency();
            return limits.isEmpty() || currency == null
                    ? thresholdUnits
                    : limits.getOrDefault(currency, thresholdUnits);
        }

        @Override
        public String observed(Sight sight) {
            return Transaction.amountText(sight.transaction().amountUnits());
        }
    }

    /**
     * An amount above a multiple of the customer's average in a window, itself included.
     *
     * @param countMin with fewer transactions in the window there is no habit to compare with
     */
    record AmountOverAverage(String id, int points, Window window, BigDecimal factor, int countMin) implements Rule {
        @Override
        public boolean fires(Sight sight) {
            int count = sight.totals().count(window);
            if (count < countMin) {
                return false;
            }
            double amount = (double) sight.transaction().amountUnits() * count;
            double limit = factor.doubleValue() * sight.totals().sumUnitsRounded(window);
            // Doubles decide where they are far apart, exact numbers where rounding could.
            if (Math.abs(amount - limit) > 1e-9 * (amount + limit)) {
                return amount > limit;
            }
            var exact = BigInteger.valueOf(sight.transaction().amountUnits()).multiply(BigInteger.valueOf(count));
            return new BigDecimal(exact)
                            .compareTo(factor.multiply(
                                    new BigDecimal(sight.totals().sumUnits(window))))
                    > 0;
        }

        @Override
        public String observed(Sight sight) {
            return Transaction.amountText(sight.transaction().amountUnits());
        }
    }

    /** More transactions in a window than a threshold, itself counted. */
    record CountAbove(String id, int points, Window window, int threshold) implements Rule {
        @Override
        public boolean fires(Sight sight) {
            return sight.totals().count(window) > threshold;
        }

        @Override
        public String observed(Sight sight) {
            return Integer.toString(sight.totals().count(window));
        }
    }

    /**
     * One of some payment methods, in any case.
     *
     * @param values in lower case
     */
    record PaymentMethodIn(String id, int points, Set<String> values) implements Rule {
        public PaymentMethodIn {
            values = Set.copyOf(values);
        }

        @Override
        public boolean fires(Sight sight) {
            var method = sight.transaction().paymentMethod();
            return method != null && (values.contains(method) || values.contains(method.toLowerCase(Locale.ROOT)));
        }

        @Override
        public String observed(Sight sight) {
            return String.valueOf(sight.transaction().paymentMethod());
        }
    }

    /**
     * One of some countries.
     *
     * @param values ISO 3166 alpha-2
     */
    record CountryIn(String id, int points, Set<String> values) implements Rule {
        public CountryIn {
            values = Set.copyOf(values);
        }

        @Override
        public boolean fires(Sight sight) {
            var country = sight.country();
            return country != null && values.contains(country);
        }

        @Override
        public String observed(Sight sight) {
            return String.valueOf(sight.country());
        }
    }

    /**
     * A local hour from {@code from} on and before {@code to}, over midnight where {@code to} is the smaller.
     *
     * @param from 0 to 23
     * @param to 0 to 24
     */
    record LocalHourIn(String id, int points, int from, int to) implements Rule {
        @Override
        public boolean fires(Sight sight) {
            int hour = sight.localHour();
            return from <= to ? hour >= from && hour < to : hour >= from || hour < to;
        }

        @Override
        public String observed(Sight sight) {
            return Integer.toString(sight.localHour());
        }
    }

    /**
     * One of some local days.
     *
     * @param days ISO days of week, 1 to 7
     */
    record LocalDayIn(String id, int points, Set<Integer> days) implements Rule {
        public LocalDayIn {
            days = Set.copyOf(days);
        }

        @Override
        public boolean fires(Sight sight) {
            return days.contains(sight.localDay());
        }

        @Override
        public String observed(Sight sight) {
            return Integer.toString(sight.localDay());
        }
    }
}
