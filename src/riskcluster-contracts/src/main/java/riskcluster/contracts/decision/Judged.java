package riskcluster.contracts.decision;

import java.util.List;
import java.util.Optional;
import riskcluster.contracts.log.LogRecord;

/**
 * An input record together with its outcome: what the alert topic and the lake are made of.
 *
 * @param anomalies of windows that it closed, since it moved its partition's watermark; none where gold is not made
 * @param customer as he was, of a decided record; empty where the star is not made
 */
public record Judged(LogRecord record, Outcome outcome, List<Anomaly> anomalies, Optional<CustomerAt> customer) {

    public Judged {
        anomalies = List.copyOf(anomalies);
    }

    /** A record that closes no window. */
    public Judged(LogRecord record, Outcome outcome) {
        this(record, outcome, List.of(), Optional.empty());
    }

    /** The same with the anomalies of the windows it closed. */
    public Judged closing(List<Anomaly> closed) {
        return new Judged(record, outcome, closed, customer);
    }

    /** The same with its customer as he was. */
    public Judged of(CustomerAt known) {
        return new Judged(record, outcome, anomalies, Optional.of(known));
    }
}
