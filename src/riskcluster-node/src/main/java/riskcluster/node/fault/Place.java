package riskcluster.node.fault;

/** An input record's coordinates in the one input topic. */
record Place(int partition, long offset) implements Comparable<Place> {

    @Override
    public int compareTo(Place other) {
        int byPartition = Integer.compare(partition, other.partition);
        return byPartition != 0 ? byPartition : Long.compare(offset, other.offset);
    }

    @Override
    public String toString() {
        return partition + "/" + offset;
    }
}
