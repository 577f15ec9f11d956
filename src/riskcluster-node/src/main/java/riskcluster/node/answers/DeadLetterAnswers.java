package riskcluster.node.answers;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.trace.LineFields;
import riskcluster.node.view.Coordinates;
import riskcluster.node.view.DecisionView;
import riskcluster.node.view.Reply;

/** Puts records that were rejected on the input again, with the bytes that bronze has of them. */
final class DeadLetterAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(DeadLetterAnswers.class);

    private final String topic;
    private final LakeAnswers lake;
    private final SendAnswers senders;

    DeadLetterAnswers(String topic, LakeAnswers lake, SendAnswers senders) {
        this.topic = topic;
        this.lake = lake;
        this.senders = senders;
    }

    /** Sends the record at these coordinates again and waits for its decision. */
    CompletionStage<Reply<DecisionView>> retry(String text) {
        var source = Coordinates.parse(text);
        if (source.isEmpty()) {
            return refused(Reply.Why.INVALID, "'" + text + "' are no coordinates, allowed: topic/partition/offset");
        }
        if (!source.get().topic().equals(topic)) {
            return refused(Reply.Why.INVALID, source.get() + " is not of this cluster's input, which is " + topic);
        }
        return lake.first(RejectedRecord.query(source.get())).thenCompose(reply -> switch (reply) {
            case Reply.Refused<LakeAnswers.First>(var why, var message) -> refused(why, message);
            case Reply.Answered<LakeAnswers.First>(var found) ->
                found.row()
                        .map(row -> RejectedRecord.of(source.get(), row))
                        .map(this::send)
                        .orElseGet(() -> refused(
                                Reply.Why.NOT_FOUND,
                                "batch " + found.batch() + " holds no rejected record " + source.get()
                                        + "; it may have been accepted, or not be committed yet"));
        });
    }

    private CompletionStage<Reply<DecisionView>> send(RejectedRecord record) {
        LOG.atInfo()
                .addKeyValue(LineFields.PARTITION, record.source().partition())
                .addKeyValue(LineFields.OFFSET, record.source().offset())
                .log("an operator sends the rejected record {} again", record.source());
        return senders.send(record.again());
    }

    private static CompletionStage<Reply<DecisionView>> refused(Reply.Why why, String message) {
        return CompletableFuture.completedStage(Reply.refused(why, message));
    }
}
