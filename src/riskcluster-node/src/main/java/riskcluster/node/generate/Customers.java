package riskcluster.node.generate;

/**
 * Who the customers are and what they are used to. Every habit is a function of seed and customer, so a hundred million
 * customers take no memory.
 */
final class Customers {

    /** How busy the hours of a day are, local, from midnight on. */
    private static final double[] RHYTHM = {
        0.08, 0.05, 0.04, 0.04, 0.05, 0.10, 0.30, 0.55, 0.75, 0.80, 0.85, 0.95,
        1.00, 0.95, 0.85, 0.80, 0.85, 0.95, 1.00, 0.95, 0.75, 0.50, 0.30, 0.15
    };
    /** Share of all customers after which activity halves: gives the busiest 1 % a fifth of all payments. */
    private static final double ZIPF_SHIFT = 0.005;

    private static final double LOG_MEDIAN_CENTS = StrictMath.log(3_800);
    private static final double LEVEL_SPREAD = 0.7;
    private static final double AMOUNT_SPREAD = 0.55;
    private static final int FAVOURITES = 8;
    private static final int TRIES_MAX = 8;
    private static final int MINUTES_PER_DAY = 1_440;
    private static final long MICROS_PER_MINUTE = 60_000_000L;
    private static final long TRIP_MICROS = 4L * MINUTES_PER_DAY * MICROS_PER_MINUTE;
    private static final int TRIPS_ONE_IN = 50;

    private static final int HOME = 1;
    private static final int LEVEL = 2;
    private static final int METHOD = 3;
    private static final int DEVICE = 100;
    private static final int FAVOURITE = 200;
    private static final int TRIP = 1_000;

    private final long seed;
    private final int number;
    private final double logSpan;
    private final long stride;

    Customers(long seed, int number) {
        this.seed = seed;
        this.number = number;
        this.logSpan = StrictMath.log((1 + ZIPF_SHIFT) / ZIPF_SHIFT);
        this.stride = coprimeTo(number);
    }

    /** Who pays at this time: busy customers often (Zipf-Mandelbrot), and rather by day than by night. */
    int draw(Dice dice, long micros) {
        var customer = byActivity(dice.unit());
        for (var i = 0; i < TRIES_MAX && dice.unit() >= RHYTHM[localHour(customer, micros)]; i++) {
            customer = byActivity(dice.unit());
        }
        return customer;
    }

    City home(int customer) {
        return City.home(Dice.hash(seed, customer, HOME));
    }

    /** Home, or where the customer travels in these days. */
    City whereabouts(int customer, long micros) {
        var trip = Dice.hash(seed, customer, TRIP + Math.floorDiv(micros, TRIP_MICROS));
        return Dice.below(trip, TRIPS_ONE_IN) == 0 ? City.home(Dice.mix(trip)) : home(customer);
    }

    /** An amount as the customer is used to: log-normal around his own level; hundredths, at least 1. */
    long usualCents(int customer, Dice dice) {
        var level = LEVEL_SPREAD * Dice.normal(Dice.hash(seed, customer, LEVEL));
        return Math.max(1, (long) StrictMath.exp(LOG_MEDIAN_CENTS + level + AMOUNT_SPREAD * dice.normal()));
    }

    /** Four times in five one of the favourites, the first of them most often. */
    int merchant(int customer, Dice dice, int merchants) {
        if (dice.below(5) == 0) {
            return dice.below(merchants);
        }
        var favourite = Math.min(dice.below(FAVOURITES), dice.below(FAVOURITES));
        return Dice.below(Dice.hash(seed, customer, FAVOURITE + favourite), merchants);
    }

    /** The id of one of the customer's two devices. */
    long device(int customer, Dice dice) {
        return Dice.hash(seed, customer, DEVICE + (dice.below(10) == 0 ? 1 : 0));
    }

    /** Bits that say how the customer prefers to pay. */
    long preference(int customer) {
        return Dice.hash(seed, customer, METHOD);
    }

    private int localHour(int customer, long micros) {
        var minutes = Math.floorDiv(micros, MICROS_PER_MINUTE) + home(customer).zoneMinutes();
        return Math.floorMod(minutes, MINUTES_PER_DAY) / 60;
    }

    private int byActivity(double unit) {
        var rank = ZIPF_SHIFT * (StrictMath.exp(unit * logSpan) - 1) * number;
        return (int) (Math.min(number - 1, (long) rank) * stride % number);
    }

    /** Spreads ranks over the ids, so that a small id does not mean a busy customer. */
    private static long coprimeTo(int number) {
        var candidate = 7_368_787L;
        return number % candidate == 0 ? 1 : candidate;
    }
}
