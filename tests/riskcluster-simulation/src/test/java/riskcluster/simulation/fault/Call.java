package riskcluster.simulation.fault;

/** A call from a process to the world; each is one step, and may be cut before and after its effect. */
public enum Call {
    DESCRIBE_TOPIC(true, false),
    TAKE_EPOCH(true, true),
    OPEN_PRODUCER(true, false),
    READ_CURSORS(true, false),
    READ_ALERT_CURSOR(true, false),
    PLACE_POLICY(true, true),
    READ_POLICY(true, false),
    OPEN_READER(true, false),
    LOAD_PROFILES(false, false),
    SEND_ALERT(false, false),
    COMMIT_ALERTS(false, true),
    WRITE_ROWS(false, false),
    PUT_FILE(false, true),
    SEAL(false, true),
    SAVE(false, true),
    TAKE_COMMITTER(true, true),
    NEWEST_BATCH(true, false),
    WAITING(false, false),
    READ_TABLE(false, false),
    PUT_METADATA(false, true),
    LAND(false, true),
    FIND(false, true);

    private final boolean starting;
    private final boolean changing;

    Call(boolean starting, boolean changing) {
        this.starting = starting;
        this.changing = changing;
    }

    /** Whether it is made for a few records each. */
    public boolean isFrequent() {
        return this == SEND_ALERT || this == WRITE_ROWS;
    }

    /** Whether it is one of the first steps of somebody who starts. */
    public boolean isStarting() {
        return starting;
    }

    /** Whether it changes something in one step that may happen late or twice. */
    public boolean isChanging() {
        return changing;
    }
}
