package riskcluster.contracts.alert;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/**
 * An alert as it stands on its topic: a CloudEvent 1.0 in Kafka's binary mode.
 *
 * <p>It carries the raw user id, because someone must be able to block the card; the topic is access-controlled.
 *
 * @param key the user id in UTF-8
 * @param body one JSON object in UTF-8
 * @param headers CloudEvents attributes, and the input's {@code traceparent} where it had one
 */
@SuppressWarnings("ArrayRecordComponent") // handed to the producer as they are, never written to
public record Alert(byte[] key, byte[] body, List<Header> headers) {

    /** {@code ce_type} of every alert. */
    public static final String TYPE = "riskcluster.alert.v1";

    private static final String TRACEPARENT = "traceparent";
    private static final int BODY_BYTES_USUAL = 512;
    private static final Header SPEC_VERSION = header("ce_specversion", "1.0");
    private static final Header CE_TYPE = header("ce_type", TYPE);
    private static final Header CONTENT_TYPE = header("content-type", "application/json");

    /** The alert that {@code decision} about {@code record} raises in the cluster of this name. */
    public static Alert of(String cluster, LogRecord record, Decision decision) {
        var transaction = decision.transaction();
        var time = new JsonBytes(32).instantPlain(transaction.eventTimeMicros()).toBytes();
        var headers = new ArrayList<Header>(7);
        headers.add(SPEC_VERSION);
        headers.add(CE_TYPE);
        headers.add(header("ce_source", "/riskcluster/" + cluster));
        headers.add(header("ce_id", record.coordinates()));
        headers.add(new Header("ce_time", time));
        headers.add(CONTENT_TYPE);
        for (var header : record.headers()) {
            if (header.name().equals(TRACEPARENT)) {
                headers.add(header);
            }
        }
        var key = transaction.userId().getBytes(StandardCharsets.UTF_8);
        return new Alert(key, body(transaction, decision), List.copyOf(headers));
    }

    private static byte[] body(Transaction transaction, Decision decision) {
        var json = new JsonBytes(BODY_BYTES_USUAL);
        json.raw("{\"transaction_id\":").text(transaction.transactionId());
        json.raw(",\"user_id\":").text(transaction.userId());
        json.raw(",\"customer_key\":").text(decision.customerKey());
        json.raw(",\"event_time\":").instant(transaction.eventTimeMicros());
        json.raw(",\"amount\":").raw(Transaction.amountText(transaction.amountUnits()));
        json.raw(",\"currency\":").textOrNull(transaction.currency());
        json.raw(",\"merchant\":").textOrNull(transaction.merchant());
        json.raw(",\"points\":").raw(Integer.toString(decision.points()));
        json.raw(",\"band\":").text(decision.band().name());
        json.raw(",\"probability\":").number(decision.probability());
        json.raw(",\"fired_rules\":[");
        firedRules(json, decision.firedRules());
        json.raw("],\"policy_version\":").text(decision.policyVersion()).raw("}");
        return json.toBytes();
    }

    private static void firedRules(JsonBytes json, List<FiredRule> fired) {
        for (int i = 0; i < fired.size(); i++) {
            var rule = fired.get(i);
            json.raw(i == 0 ? "{\"rule\":" : ",{\"rule\":").text(rule.rule());
            json.raw(",\"points\":").raw(Integer.toString(rule.points()));
            json.raw(",\"observed\":").text(rule.observed()).raw("}");
        }
    }

    private static Header header(String name, String value) {
        return new Header(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
