package riskcluster.node.explain;

/** What can be wrong with a cluster or with the way to it: a number that is never reused, and what to do about it. */
public enum Finding {
    MEMBER_UNREACHABLE(
            2001,
            "a member of the cluster does not answer the others",
            "see whether its process and its network live; if it is dead for good: 'riskcluster cluster down -a"
                    + " ADDRESS'"),
    MEMBER_NOT_UP(
            2002,
            "a member is on its way in or out",
            "wait until it is up or gone, as in 'riskcluster cluster health -w'; if it stays so, see its log"),
    NO_LEADER(
            2003,
            "the cluster has no leader, so nobody can join or leave",
            "see 'riskcluster cluster show' for members that are unreachable and mend or down those"),
    PARTITION_ALARM(
            2004, "a partition stands still or waits", "do what its alarm says; docs/limits.md has a line for each"),
    PARTITION_BETWEEN_TENURES(
            2005,
            "a partition has no owner at this moment: it moves, or starts again after an error",
            "wait a minute; if it comes back again and again, the log of its node says why"),
    PARTITIONS_SILENT(
            2006,
            "the partitions do not answer",
            "see 'riskcluster cluster show' for members that are unreachable, and the log of the node that was asked"),
    NO_MEMBER(
            2007,
            "the node that was asked is no member of a cluster",
            "let it join: 'riskcluster cluster join -a ADDRESS', or mend cluster.join in its configuration");

    private final int number;
    private final String meaning;
    private final String remedy;

    Finding(int number, String meaning, String remedy) {
        this.number = number;
        this.meaning = meaning;
        this.remedy = remedy;
    }

    /** {@code RC-nnnn}, as it stands in messages. */
    public String code() {
        return "RC-" + number;
    }

    public String meaning() {
        return meaning;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
