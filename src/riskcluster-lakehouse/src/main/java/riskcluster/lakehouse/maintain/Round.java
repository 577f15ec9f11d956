package riskcluster.lakehouse.maintain;

/** What one round of maintenance came to. */
public sealed interface Round {

    /** Something was due and was tried; look again at once. */
    record Ran(MaintenanceRun run) implements Round {}

    /** Nothing is due. */
    record Idle() implements Round {}

    /** Somebody else maintains the tables now. */
    record Deposed() implements Round {}
}
