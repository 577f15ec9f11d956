package riskcluster.contracts.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.List;
import riskcluster.contracts.decision.Anomaly;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogRecord;

/** An anomaly as a message on its topic: a CloudEvent 1.0 in Kafka's binary mode, with the raw user id as an alert has it. */
public final class AnomalyAlert {

    /** {@code ce_type} of every anomaly. */
    public static final String TYPE = "riskcluster.anomaly.v1";

    /** Names the input record that closed the window, as {@code topic/partition/offset}. */
    public static final String CAUSE = "ce_cause";

    private static final int BODY_BYTES_USUAL = 512;

    private AnomalyAlert() {}

    /** The message that {@code anomaly} gives, which {@code record} closed, in the cluster of this name. */
    public static Alert of(String cluster, LogRecord record, Anomaly anomaly) {
        return new Alert(
                anomaly.userId().getBytes(UTF_8),
                body(anomaly),
                List.of(
                        header("ce_specversion", "1.0"),
                        header("ce_type", TYPE),
                        header("ce_source", "/riskcluster/" + cluster),
                        header("ce_id", anomaly.id()),
                        new Header(
                                "ce_time",
                                new JsonBytes(32)
                                        .instantPlain(anomaly.endMicros())
                                        .toBytes()),
                        header("content-type", "application/json"),
                        header(CAUSE, record.coordinates())));
    }

    private static byte[] body(Anomaly anomaly) {
        var json = new JsonBytes(BODY_BYTES_USUAL);
        json.raw("{\"anomaly_id\":").text(anomaly.id());
        json.raw(",\"user_id\":").text(anomaly.userId());
        json.raw(",\"customer_key\":").text(anomaly.customerKey());
        json.raw(",\"window_seconds\":").raw(Integer.toString(anomaly.windowSeconds()));
        json.raw(",\"window_start\":").instant(anomaly.startMicros());
        json.raw(",\"window_end\":").instant(anomaly.endMicros());
        json.raw(",\"transactions\":").raw(Integer.toString(anomaly.transactions()));
        json.raw(",\"windows\":").raw(Integer.toString(anomaly.windows()));
        json.raw(",\"mean\":").number(anomaly.mean());
        json.raw(",\"deviation\":").number(anomaly.deviation());
        json.raw(",\"z_score\":").number(anomaly.zScore()).raw("}");
        return json.toBytes();
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(UTF_8));
    }
}
