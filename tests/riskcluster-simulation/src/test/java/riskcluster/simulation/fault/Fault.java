package riskcluster.simulation.fault;

/** A kind of misfortune that the program must bear. */
public enum Fault {
    /** A call failed and nothing happened. */
    CALL_FAILED,
    /** It happened, and nobody said so. */
    ANSWER_LOST,
    /** No answer; it happens later, if it still may. */
    LANDED_LATE,
    /** It happened twice. */
    DOUBLED,
    /** It took long. */
    DELAYED,
    /** A starter stood still between two of its first steps. */
    STARTER_STALLED,
    /** The process died within a call, before or after its effect. */
    KILLED_IN_CALL,
    /** The process died at a step of the protocol. */
    KILLED_AT_STEP,
    /** The process died at any moment. */
    KILLED,
    /** The process stood still and woke, perhaps as a zombie. */
    STOPPED_AND_WOKEN,
    /** A partition was started a second time while the first owner lived. */
    SECOND_OWNER,
    /** A committer was started while another lived. */
    SECOND_COMMITTER,
    /** Maintenance was started a second time while the first lived. */
    SECOND_MAINTAINER,
    /** Kafka forgot the alert cursor. */
    ALERT_CURSOR_FORGOTTEN,
    /** An alert transaction was decided, and seen by readers only later. */
    ALERTS_SEEN_LATE,
    /** The operator wanted another policy. */
    POLICY_CHANGED,
    /** Another engine moved a table's pointer. */
    POINTER_MOVED
}
