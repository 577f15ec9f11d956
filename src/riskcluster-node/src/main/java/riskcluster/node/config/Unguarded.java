package riskcluster.node.config;

/** What a production node may go without protection for, where somebody says so. */
public enum Unguarded {
    CLUSTER("nodes talk without TLS: whoever reaches cluster.address may join the cluster"),
    DOORS("the HTTP interface and the operators' interface ask for no token or speak without TLS: whoever reaches them"
            + " may do everything"),
    KAFKA("Kafka is reached without TLS"),
    DATABASE("Postgres is reached without a check of its certificate"),
    WAREHOUSE("the store is reached without TLS"),
    SCHEMAS("the schema registry is reached without TLS");

    private final String warning;

    Unguarded(String warning) {
        this.warning = warning;
    }

    /** What is said of it at every start. */
    public String warning() {
        return warning;
    }
}
