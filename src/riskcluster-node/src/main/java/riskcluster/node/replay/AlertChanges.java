package riskcluster.node.replay;

import java.util.Comparator;
import java.util.Optional;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.log.LogRecord;
import riskcluster.node.view.CorrectionView;

/** Tells where an alert, as it was sent or not sent, is not what the corrected decision would have it. */
final class AlertChanges {

    /** By partition and offset. */
    static final Comparator<CorrectionView.AlertChange> IN_LOG_ORDER = Comparator.comparing(
                    CorrectionView.AlertChange::topic)
            .thenComparing(CorrectionView.AlertChange::partition)
            .thenComparing(CorrectionView.AlertChange::offset);

    static final String TAKEN_BACK = "sent, is none now";
    static final String OTHERWISE = "sent, says otherwise";
    static final String NOT_SENT = "is one now, not sent";

    private AlertChanges() {}

    /** Empty where alert and decision agree. */
    static Optional<CorrectionView.AlertChange> of(LogRecord record, Decision sent, Decision now) {
        String what;
        if (sent.alert()) {
            boolean same = sent.points() == now.points()
                    && sent.band() == now.band()
                    && sent.firedRules().equals(now.firedRules())
                    && Double.compare(sent.probability(), now.probability()) == 0;
            if (now.alert() && same) {
                return Optional.empty();
            }
            what = now.alert() ? OTHERWISE : TAKEN_BACK;
        } else if (now.alert()) {
            what = NOT_SENT;
        } else {
            return Optional.empty();
        }
        return Optional.of(new CorrectionView.AlertChange(
                record.source().topic(),
                record.source().partition(),
                record.offset(),
                what,
                sent.band().name(),
                sent.points(),
                now.band().name(),
                now.points()));
    }
}
