package riskcluster.actors.alert;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.alert.Alert;
import riskcluster.contracts.alert.AnomalyAlert;
import riskcluster.contracts.decision.Anomaly;
import riskcluster.contracts.decision.Decision;
import riskcluster.contracts.decision.FiredRule;
import riskcluster.contracts.log.Header;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/**
 * An alert as its topic takes it: whole, or, where the topic takes less, with its long texts cut and a header that says
 * which and how long they were. The contract bounds a transaction, not its texts, and an alert that the topic refuses
 * would abort every transaction of its partition. The id, the pseudonym and the decision are never cut.
 */
final class FittingAlert {

    /** Names the texts that were cut, each with its characters: {@code user_id=300000,merchant=5000}. */
    static final String CUT = "alert_cut";

    /** Characters that are left of a cut text. */
    static final int TEXT_CHARACTERS = 256;

    private static final int HEADER_BYTES_MAX = 1_024;

    private final List<String> cut = new ArrayList<>();

    private FittingAlert() {}

    /** @param bytesMax of a batch with this alert alone, as the topic's {@code max.message.bytes} counts */
    static Alert of(String cluster, LogRecord record, Decision decision, int bytesMax) {
        var whole = Alert.of(cluster, record, decision);
        return BatchBytes.max(whole.key(), whole.body(), whole.headers()) <= bytesMax
                ? whole
                : new FittingAlert().shorter(cluster, record, decision);
    }

    /** An anomaly's message; the only long text that it can have is the user id. */
    static Alert of(String cluster, LogRecord record, Anomaly anomaly, int bytesMax) {
        var whole = AnomalyAlert.of(cluster, record, anomaly);
        if (BatchBytes.max(whole.key(), whole.body(), whole.headers()) <= bytesMax) {
            return whole;
        }
        var fitting = new FittingAlert();
        var alert = AnomalyAlert.of(cluster, record, fitting.anomaly(anomaly));
        return fitting.marked(alert);
    }

    private Anomaly anomaly(Anomaly whole) {
        return new Anomaly(
                text("user_id", whole.userId()),
                whole.customerKey(),
                whole.windowSeconds(),
                whole.startMicros(),
                whole.transactions(),
                whole.windows(),
                whole.mean(),
                whole.deviation());
    }

    private Alert shorter(String cluster, LogRecord record, Decision decision) {
        return marked(Alert.of(cluster, withShortHeaders(record), decision(decision)));
    }

    private Alert marked(Alert alert) {
        var headers = new ArrayList<>(alert.headers());
        headers.add(new Header(CUT, String.join(",", cut).getBytes(UTF_8)));
        return new Alert(alert.key(), alert.body(), List.copyOf(headers));
    }

    private LogRecord withShortHeaders(LogRecord record) {
        var few = record.headers().stream()
                .filter(header -> header.value() == null || header.value().length <= HEADER_BYTES_MAX)
                .toList();
        return new LogRecord(
                record.source(), record.offset(), record.kafkaTimeMillis(), record.key(), record.value(), few);
    }

    private Decision decision(Decision whole) {
        return new Decision(
                transaction(whole.transaction()),
                whole.customerKey(),
                whole.deviceKey(),
                whole.city(),
                whole.country(),
                whole.count30m(),
                whole.points(),
                whole.band(),
                whole.probability(),
                whole.firedRules().stream().map(this::fired).toList(),
                whole.features(),
                whole.featureVersion(),
                whole.policyVersion(),
                whole.late(),
                whole.approximate(),
                whole.alert());
    }

    private FiredRule fired(FiredRule whole) {
        return new FiredRule(whole.rule(), whole.points(), text("observed." + whole.rule(), whole.observed()));
    }

    private Transaction transaction(Transaction whole) {
        return new Transaction(
                whole.transactionId(),
                text("user_id", whole.userId()),
                whole.amountUnits(),
                whole.eventTimeMicros(),
                textOrNull("currency", whole.currency()),
                textOrNull("merchant", whole.merchant()),
                whole.terminalId(),
                whole.paymentMethod(),
                whole.location(),
                whole.deviceId(),
                whole.fraud());
    }

    private @Nullable String textOrNull(String name, @Nullable String whole) {
        return whole == null ? null : text(name, whole);
    }

    private String text(String name, String whole) {
        if (whole.length() <= TEXT_CHARACTERS) {
            return whole;
        }
        cut.add(name + "=" + whole.length());
        boolean halved = Character.isHighSurrogate(whole.charAt(TEXT_CHARACTERS - 1));
        return whole.substring(0, halved ? TEXT_CHARACTERS - 1 : TEXT_CHARACTERS);
    }
}
