package riskcluster.lakehouse.gold;

import java.util.EnumMap;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.transaction.Transaction;

/** Sums up the decisions of one checkpoint: a pure fold over them in the log's order. */
final class Tally {

    private static final long HIGH_VALUE_UNITS = 5_000 * Transaction.UNITS_PER_ONE;

    private final Texts merchants = new Texts();
    private final Texts paymentMethods = new Texts();
    private final Texts countries = new Texts();
    private final Texts currencies = new Texts();
    private final Texts users = new Texts();
    private final Texts devices = new Texts();
    private final EnumMap<Cube, Cells> cubes = new EnumMap<>(Cube.class);
    private long decisions;
    private long leftOut;

    Tally() {
        for (Cube cube : Cube.values()) {
            cubes.put(cube, new Cells());
        }
    }

    /** @param watermarkMicros the partition's, this decision in it */
    void add(Decision decision, long watermarkMicros) {
        Transaction transaction = decision.transaction();
        decisions++;
        int merchant = merchants.number(transaction.merchant());
        int method = paymentMethods.number(transaction.paymentMethod());
        int currency = currencies.number(transaction.currency());
        int user = users.number(decision.customerKey());
        int device = devices.number(decision.deviceKey());
        boolean counted = add(Cube.MERCHANT, merchant, currency, decision, watermarkMicros, user, device, method);
        counted &= add(Cube.PAYMENT_METHOD, method, currency, decision, watermarkMicros, user, device, Texts.NONE);
        counted &= add(
                Cube.COUNTRY,
                countries.number(decision.country()),
                currency,
                decision,
                watermarkMicros,
                user,
                device,
                merchant);
        if (!counted) {
            leftOut++;
        }
    }

    /** True where the decision counts in every window it lies in. */
    private boolean add(
            Cube cube,
            int text,
            int currency,
            Decision decision,
            long watermarkMicros,
            int user,
            int device,
            int other) {
        long micros = decision.transaction().eventTimeMicros();
        int mask = Correction.mask(cube, micros, watermarkMicros);
        if (mask == 0) {
            return false;
        }
        Cells cells = of(cube);
        int cell = cells.cell(cube.slot(micros), text, currency, mask);
        count(cells.sums(), Cells.at(cell), decision);
        cells.users().add(cell, user);
        if (device != Texts.NONE) {
            cells.devices().add(cell, device);
        }
        if (cube != Cube.PAYMENT_METHOD) {
            cells.others().add(cell, other);
        }
        return mask == Correction.ALL;
    }

    private static void count(long[] sums, int at, Decision decision) {
        Transaction transaction = decision.transaction();
        sums[at + Measures.TRANSACTIONS]++;
        Measures.addUnits(sums, at, transaction.amountUnits());
        if (isTrue(transaction.fraud())) {
            sums[at + Measures.FLAGGED]++;
        }
        if (transaction.amountUnits() > HIGH_VALUE_UNITS) {
            sums[at + Measures.HIGH_VALUE]++;
        }
        switch (decision.band()) {
            case MEDIUM -> sums[at + Measures.MEDIUM]++;
            case HIGH -> sums[at + Measures.HIGH]++;
            case CRITICAL -> sums[at + Measures.CRITICAL]++;
            case MINIMAL, LOW -> {}
        }
    }

    private static boolean isTrue(@Nullable Boolean mark) {
        return mark != null && mark;
    }

    boolean isEmpty() {
        return decisions == 0;
    }

    /** Decisions that came too late for some window they lie in. */
    long leftOut() {
        return leftOut;
    }

    Cells of(Cube cube) {
        Cells cells = cubes.get(cube);
        if (cells == null) {
            throw new IllegalStateException("no " + cube);
        }
        return cells;
    }

    Texts merchants() {
        return merchants;
    }

    Texts paymentMethods() {
        return paymentMethods;
    }

    Texts countries() {
        return countries;
    }

    Texts currencies() {
        return currencies;
    }

    Texts users() {
        return users;
    }

    Texts devices() {
        return devices;
    }
}
