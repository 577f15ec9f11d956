package riskcluster.lakehouse.gold;

import java.util.EnumMap;
import java.util.TreeSet;
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
    private final TreeSet<Integer> days = new TreeSet<>();
    private int withoutMember;
    private int lastDay = Integer.MIN_VALUE;
    private long decisions;
    private long leftOut;

    /** A decision with the numbers of its texts and ids. */
    private record Numbered(
            Decision decision, long watermarkMicros, int merchant, int method, int currency, int user, int device) {

        int of(Cube.Kind kind) {
            return switch (kind) {
                case USERS -> user;
                case DEVICES -> device;
                case MERCHANTS -> merchant;
                case PAYMENT_METHODS -> method;
            };
        }
    }

    Tally() {
        for (Cube cube : Cube.values()) {
            cubes.put(cube, new Cells(cube));
        }
    }

    /** @param watermarkMicros the partition's, this decision in it */
    void add(Decision decision, long watermarkMicros) {
        Transaction transaction = decision.transaction();
        decisions++;
        var numbered = new Numbered(
                decision,
                watermarkMicros,
                merchants.number(transaction.merchant()),
                paymentMethods.number(transaction.paymentMethod()),
                currencies.number(transaction.currency()),
                users.number(decision.customerKey()),
                devices.number(decision.deviceKey()));
        boolean counted = add(Cube.MERCHANT, numbered.merchant(), numbered);
        counted &= add(Cube.PAYMENT_METHOD, numbered.method(), numbered);
        counted &= add(Cube.COUNTRY, countries.number(decision.country()), numbered);
        counted &= add(Cube.USER, numbered.user(), numbered);
        if (!counted) {
            leftOut++;
        }
    }

    /** Notes to which members of the star's dimensions the decision's fact points. */
    void point(Decision decision) {
        Transaction transaction = decision.transaction();
        int day = Leaf.dayOf(transaction.eventTimeMicros());
        if (day != lastDay) {
            days.add(day);
            lastDay = day;
        }
        withoutMember |= without(Dimension.MERCHANT, transaction.merchant())
                | without(Dimension.DEVICE, decision.deviceKey())
                | without(Dimension.COUNTRY, decision.country());
    }

    private static int without(Dimension dimension, @Nullable String text) {
        return text == null ? bit(dimension) : 0;
    }

    /** Stands for a dimension in {@link #withoutMember}. */
    static int bit(Dimension dimension) {
        return 1 << dimension.ordinal();
    }

    /** The days of the facts, counted since 1970; none where the star is not made. */
    TreeSet<Integer> days() {
        return days;
    }

    /** The bits of the dimensions in which some fact has no member. */
    int withoutMember() {
        return withoutMember;
    }

    /** True where the decision counts in every window it lies in. */
    private boolean add(Cube cube, int text, Numbered numbered) {
        long micros = numbered.decision().transaction().eventTimeMicros();
        int mask = Correction.mask(cube, micros, numbered.watermarkMicros());
        if (mask == 0) {
            return false;
        }
        Cells cells = of(cube);
        int cell = cells.cell(cube.slot(micros), text, numbered.currency(), mask);
        count(cells.sums(), Cells.at(cell), numbered.decision());
        for (Cube.Kind kind : cube.kinds()) {
            int member = numbered.of(kind);
            // those without a device or merchant have none, those without a payment method are a group
            if (member != Texts.NONE || kind == Cube.Kind.PAYMENT_METHODS) {
                cells.members(kind).add(cell, member);
            }
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
