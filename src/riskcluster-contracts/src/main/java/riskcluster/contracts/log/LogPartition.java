package riskcluster.contracts.log;

/** One partition of an input topic: the unit of placement, failure and durability. */
public record LogPartition(String topic, int partition) {

    public LogPartition {
        if (topic.isEmpty()) {
            throw new IllegalArgumentException("a log partition needs a topic name");
        }
        if (partition < 0) {
            throw new IllegalArgumentException("partition is " + partition + ", allowed: 0 or more");
        }
    }

    /** {@code topic/partition}, the form used in ids, scopes and messages. */
    @Override
    public String toString() {
        return topic + "/" + partition;
    }
}
