package riskcluster.node.answers;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import riskcluster.contracts.decision.Outcome;
import riskcluster.node.RiskNode;
import riskcluster.node.view.DecisionView;
import riskcluster.node.view.Reply;

/** Puts a transaction on the input topic as any producer would, and waits for what its partition decides. */
public final class SendAnswers implements AutoCloseable {

    private static final int DELIVERY_MILLIS_MAX = 10_000;
    private static final int REQUEST_MILLIS_MAX = 5_000;
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RiskNode node;
    private final String topic;
    private final KafkaProducer<byte[], byte[]> producer;

    /** Opens a producer of its own. */
    public SendAnswers(RiskNode node) {
        this.node = node;
        this.topic = node.config().topics().input();
        var settings = new HashMap<>(node.config().kafka().connection());
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS_MAX);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS_MAX);
        this.producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** Sends the bytes as they are: what is wrong with them, the data contract says better than this place could. */
    public CompletionStage<Reply<DecisionView>> send(byte[] json) {
        var key = key(json);
        if (key.isEmpty()) {
            return CompletableFuture.completedFuture(Reply.refused(
                    Reply.Why.INVALID, "the key of a record is its user_id: send one JSON object with a user_id"));
        }
        return send(new ProducerRecord<>(topic, key.get(), json));
    }

    /** Sends a record and waits for its outcome. */
    CompletionStage<Reply<DecisionView>> send(ProducerRecord<byte[], byte[]> record) {
        var sent = new CompletableFuture<RecordMetadata>();
        producer.send(record, (metadata, failure) -> {
            if (failure == null) {
                sent.complete(metadata);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent.thenCompose(this::decided)
                .exceptionally(failure -> Reply.refused(
                        Reply.Why.UNAVAILABLE,
                        "no decision came in time (" + failure.getMessage() + "); the record may be on the topic: ask"
                                + " with `riskcluster decision show`"));
    }

    private CompletionStage<Reply<DecisionView>> decided(RecordMetadata record) {
        var source = topic + "/" + record.partition() + "/" + record.offset();
        return node.outcome(record.partition(), record.offset())
                .thenApply(outcome -> outcome.<Reply<DecisionView>>map(found -> Reply.of(view(source, found)))
                        .orElseGet(() -> Reply.refused(
                                Reply.Why.NOT_FOUND, source + " is decided, but too long ago to be remembered")));
    }

    private static DecisionView view(String source, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Decided(var decision) -> DecisionViews.decided(source, decision);
            case Outcome.Duplicate(var transaction) -> DecisionViews.duplicate(source, transaction);
            case Outcome.Rejected(var reason, var detail) -> DecisionView.rejected(source, reason.code(), detail);
            case Outcome.Erased erased -> DecisionView.erased(source);
        };
    }

    private static Optional<byte[]> key(byte[] json) {
        try {
            var userId = JSON.readTree(json).path("user_id");
            return userId.isTextual() || userId.isIntegralNumber()
                    ? Optional.of(userId.asText().getBytes(StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
    }

    @Override
    public void close() {
        producer.close(CLOSE_MAX);
    }
}
