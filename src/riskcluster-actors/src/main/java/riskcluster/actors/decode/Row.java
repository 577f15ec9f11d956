package riskcluster.actors.decode;

import org.jspecify.annotations.Nullable;
import riskcluster.contracts.transaction.ExtraField;

/** A record's fields by their meaning, whatever form they were sent in. */
interface Row {

    String transactionId() throws Unfit;

    String userId() throws Unfit;

    /** In units of 10<sup>-4</sup>. */
    long amountUnits() throws Unfit;

    /** Microseconds since 1970 UTC. */
    long eventTimeMicros() throws Unfit;

    /** An optional text; null where it is absent. */
    @Nullable
    String text(Field field) throws Unfit;

    @Nullable
    Boolean fraud() throws Unfit;

    /** The extra field at this place: String, Long, Double or Boolean, as its kind is; null where it is absent. */
    @Nullable
    Object extra(ExtraField field, int slot) throws Unfit;
}
