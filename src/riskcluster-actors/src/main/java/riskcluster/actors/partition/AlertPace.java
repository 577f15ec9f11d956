package riskcluster.actors.partition;

/**
 * Whether alerts are committed when they are due. A transaction costs as much as the decisions of a hundred records, so in
 * a rush, where records wait longer than their alerts would, they are told in fewer and larger ones.
 */
final class AlertPace {

    /** More records than this between two times that alerts are due are a rush: */
    static final int RUSH_RECORDS = 250;

    /** then they are committed once in so many times. */
    static final int PUT_OFF_MAX = 4;

    private long before;
    private int putOff;

    /** Of a partition that goes on from {@code position}. */
    AlertPace(long position) {
        this.before = position;
    }

    /** To be asked each time that alerts are due, when records are decided up to {@code position}. */
    boolean isTime(long position) {
        boolean rush = position - before > RUSH_RECORDS;
        before = position;
        putOff = rush ? (putOff + 1) % PUT_OFF_MAX : 0;
        return putOff == 0;
    }
}
