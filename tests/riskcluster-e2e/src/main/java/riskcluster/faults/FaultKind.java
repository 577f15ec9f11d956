package riskcluster.faults;

/** What can be done to a cluster. */
enum FaultKind {
    KILL("a node is killed (SIGKILL) and started again"),
    ZOMBIE("a node is stopped (SIGSTOP) and wakes later (SIGCONT)"),
    BROKER("the Kafka broker is killed and started again"),
    POSTGRES("Postgres ends all sessions at once and recovers from its log, after a SIGKILL of one of its processes"),
    LOST_COMMIT("the answer to a COMMIT is lost"),
    STORE_TROUBLE("the S3 store refuses requests or does not answer them"),
    LOST_PUT("the answer to a PUT is lost"),
    CHURN("a fourth node joins, and leaves after 15 s"),
    DISK_FULL("the disk on which a node prepares its files is full"),
    NETWORK_CUT("a node's packets are lost in one direction: to one other node, to all, from all, or to everything"),
    CLOCK("a node starts with its clock two hours ahead"),
    ALL_KILLED("every node is killed at once; the last act, and the measure of recovery");

    private final String what;

    FaultKind(String what) {
        this.what = what;
    }

    /** For a person. */
    String what() {
        return what;
    }
}
