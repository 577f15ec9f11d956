package riskcluster.node.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A correction, before it is asked for or after.
 *
 * @param state dry run, nothing to correct, or waiting for maintenance
 * @param policy version by which the ranges are decided again; null: the policies of the time
 * @param batch against which it was held
 * @param records in the ranges
 * @param decided of those: the rows of silver that the correction is about
 * @param changed of those: the rows that would become others
 * @param otherBand of those: the rows that would have another band
 * @param alertsTakenBack alerts that were sent and would be none now; they stay on the topic
 * @param alertsOtherwise alerts that were sent and say something else than the new row
 * @param alertsNotSent decisions that would be alerts now; none is sent
 * @param first the first of those in the log's order
 */
public record CorrectionView(
        String state,
        @Nullable String policy,
        long batch,
        List<ReplayView.Range> ranges,
        long records,
        long decided,
        long changed,
        long otherBand,
        long alertsTakenBack,
        long alertsOtherwise,
        long alertsNotSent,
        List<AlertChange> first,
        long millis) {

    /** One decision whose alert, sent or not, is not what it would be now. */
    public record AlertChange(
            String topic,
            int partition,
            long offset,
            String alert,
            String bandThen,
            int pointsThen,
            String bandNow,
            int pointsNow) {}

    /**
     * A correction that was asked for.
     *
     * @param state waiting, published or given up
     * @param ranges offsets, {@code topic/partition:from-to}
     * @param changed rows of silver that became others
     * @param why the last try did not end it
     */
    public record Asked(
            long number,
            String state,
            @Nullable String policy,
            String ranges,
            String requestedAt,
            @Nullable Long batch,
            long changed,
            @Nullable String why) {}
}
