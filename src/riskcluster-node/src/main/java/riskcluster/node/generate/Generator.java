package riskcluster.node.generate;

import org.jspecify.annotations.Nullable;
import riskcluster.node.json.JsonBytes;

/**
 * An endless stream of transactions, the same for the same settings and clock on every machine. Used by one thread.
 */
public final class Generator {

    private static final int REMEMBERED = 256;
    private static final int MARKED_ONE_IN = 50;
    private static final int STOLEN_TERMINALS_ONE_IN = 2_000;
    private static final int CRYPTO_ONE_IN = 500;
    private static final long MICROS_PER_DAY = 86_400_000_000L;
    private static final long LATE_MICROS_MAX = 3 * 3_600_000_000L;
    private static final int BUSINESS_ONE_IN = 10;

    private final GeneratorSettings settings;
    private final EventClock clock;
    private final Dice dice;
    private final Customers customers;
    private final Merchants merchants;
    private final Fraudster fraudster;
    private final Payment payment = new Payment();
    private final JsonBytes json = new JsonBytes();
    private final @Nullable Generated[] remembered = new @Nullable Generated[REMEMBERED];
    private long index;

    public Generator(GeneratorSettings settings, EventClock clock) {
        this.settings = settings;
        this.clock = clock;
        this.dice = new Dice(settings.seed());
        this.customers = new Customers(settings.seed(), settings.customers());
        this.merchants = new Merchants(settings.merchants());
        this.fraudster = new Fraudster(settings.alertShare());
    }

    /** The next record. */
    public Generated next() {
        var micros = clock.at(index++);
        if (dice.unit() < settings.duplicateShare()) {
            var earlier = remembered[dice.below(REMEMBERED)];
            if (earlier != null) {
                return resent(earlier);
            }
        }
        var record = write(scenario(micros));
        if (dice.unit() < settings.badShare()) {
            return Spoiler.spoil(record, dice);
        }
        remembered[(int) (index % REMEMBERED)] = record;
        return record;
    }

    /** Fills the payment and says why it happens. */
    private Scenario scenario(long micros) {
        var step = fraudster.next(dice, micros);
        if (step != null) {
            fraud(step);
            return step.scenario();
        }
        var customer = customers.draw(dice, micros);
        habit(customer, micros);
        fraudster.tempt(dice, customer, micros);
        if (isStolen(payment.terminal, micros)) {
            payment.cents *= 5;
            return Scenario.COMPROMISED_TERMINAL;
        }
        if (dice.unit() < settings.lateShare()) {
            payment.micros -= (long) (dice.unit() * LATE_MICROS_MAX);
        }
        return Scenario.NORMAL;
    }

    private Generated write(Scenario scenario) {
        payment.idBits = Dice.hash(settings.seed(), 0, index);
        payment.marked = scenario.isFraud() && dice.below(MARKED_ONE_IN) == 0;
        return new Generated(
                payment.key(json),
                payment.value(json),
                payment.micros,
                payment.transactionId(),
                scenario,
                false,
                false);
    }

    private void habit(int customer, long micros) {
        payment.customer = customer;
        payment.micros = micros;
        payment.cents = customers.usualCents(customer, dice);
        payment.city = customers.whereabouts(customer, micros);
        choose(customers.merchant(customer, dice, merchants.number()), dice.next());
        payment.method = method(customers.preference(customer));
        payment.device = customers.device(customer, dice);
    }

    private void fraud(Fraudster.Step step) {
        habit(step.customer(), step.dueMicros());
        switch (step.scenario()) {
            case AMOUNT_OUT_OF_HABIT -> {
                // One in ten stays below the limit of the default rules: fraud that only a habit gives away.
                var low = dice.below(BUSINESS_ONE_IN) == 0;
                payment.cents = low ? dice.between(200_000, 499_999) : dice.between(500_001, 2_500_000);
            }
            case BURST -> payment.cents = Math.max(100, payment.cents / 4);
            case ACCOUNT_TAKEOVER -> takeOver(step.secret());
            case NORMAL, COMPROMISED_TERMINAL -> throw new IllegalStateException("nobody plans " + step.scenario());
        }
    }

    private void takeOver(long secret) {
        payment.city = City.hideout(secret);
        payment.method = Payment.CRYPTO;
        payment.device = Dice.mix(secret);
        payment.cents = Math.min(499_900, payment.cents * dice.between(3, 10));
        choose(Dice.below(Dice.mix(secret + 1), merchants.number()), secret);
    }

    private void choose(int merchant, long bits) {
        payment.merchant = merchants.name(merchant);
        payment.terminal = merchants.terminal(merchant, bits);
    }

    private byte[] method(long preference) {
        if (dice.below(CRYPTO_ONE_IN) == 0) {
            return Payment.CRYPTO;
        }
        var kind = Dice.below(dice.below(7) == 0 ? dice.next() : preference, 10);
        if (kind < 7) {
            return Payment.CARD;
        }
        return kind < 9 ? Payment.WALLET : Payment.TRANSFER;
    }

    /** Whether a thief has the terminal on this day. */
    private boolean isStolen(int terminal, long micros) {
        var day = Math.floorDiv(micros, MICROS_PER_DAY);
        return Dice.below(Dice.hash(settings.seed() + 1, terminal, day), STOLEN_TERMINALS_ONE_IN) == 0;
    }

    private static Generated resent(Generated earlier) {
        return new Generated(
                earlier.key(),
                earlier.value(),
                earlier.eventTimeMicros(),
                earlier.transactionId(),
                earlier.scenario(),
                false,
                true);
    }
}
