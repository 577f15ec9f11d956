package riskcluster.actors.decode;

import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;

/** Leaves the decoding of a record that breaks the contract; never leaves this package, and has no stack trace. */
final class Unfit extends Exception {
    private final transient Outcome.Rejected outcome;

    Unfit(Reason reason, String detail) {
        super(detail, null, false, false);
        this.outcome = new Outcome.Rejected(reason, detail);
    }

    static Unfit missing(Field field, String found) {
        return new Unfit(Reason.FIELD_MISSING, field.text() + " is " + found + ", allowed: a value");
    }

    static Unfit wrongType(Field field, String found, String allowed) {
        return new Unfit(Reason.WRONG_TYPE, field.text() + " is " + found + ", allowed: " + allowed);
    }

    /** Of what {@link AmountText} gave as {@code units}. */
    static Unfit amount(long units, Field field, String found) {
        return units == AmountText.NEGATIVE
                ? new Unfit(Reason.AMOUNT_NEGATIVE, field.text() + " is " + found + ", allowed: 0 or more")
                : new Unfit(
                        Reason.AMOUNT_NOT_REPRESENTABLE,
                        "amount not representable: " + field.text() + " is " + found
                                + ", allowed: 14 digits before and 4 after the point");
    }

    static Unfit timestamp(Field field, String found) {
        return new Unfit(
                Reason.TIMESTAMP_BAD,
                field.text() + " is " + found + ", allowed: ISO-8601 with a zone, or an integer since 1970 UTC");
    }

    Outcome.Rejected outcome() {
        return outcome;
    }
}
