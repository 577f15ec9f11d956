package riskcluster.actors.customer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.dispatch.Envelope;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OnePlaceMailboxTest {

    private static final ActorRef NOBODY = ActorRef.noSender();

    private final OnePlaceMailbox.OnePlace mailbox = new OnePlaceMailbox.OnePlace();

    @Test
    void anEmptyOneHasNothing() {
        assertThat(mailbox.hasMessages()).isFalse();
        assertThat(mailbox.numberOfMessages()).isZero();
        assertThat(mailbox.dequeue()).isNull();
    }

    @Test
    void messagesComeOutInTheOrderTheyWereTold() {
        tell("a", "b", "c");
        assertThat(mailbox.numberOfMessages()).isEqualTo(3);
        assertThat(taken()).isEqualTo("a");
        tell("d"); // the place is free, but b and c came before
        assertThat(List.of(taken(), taken(), taken())).containsExactly("b", "c", "d");
        assertThat(mailbox.hasMessages()).isFalse();
        tell("e");
        assertThat(mailbox.hasMessages()).isTrue();
        assertThat(taken()).isEqualTo("e");
        assertThat(mailbox.dequeue()).isNull();
    }

    @Test
    void whatIsLeftGoesToTheDeadLettersInOrder() {
        tell("a", "b", "c");
        var dead = new OnePlaceMailbox.OnePlace();
        mailbox.cleanUp(NOBODY, dead);
        assertThat(mailbox.hasMessages()).isFalse();
        assertThat(List.of(message(dead.dequeue()), message(dead.dequeue()), message(dead.dequeue())))
                .containsExactly("a", "b", "c");
    }

    /** What a sender told, and as how maniest. */
    private record Numbered(int sender, int number) {}

    @Test
    @Timeout(60)
    void ofManySendersNothingIsLostAndEachOnesOrderIsKept() throws Exception {
        int senders = 4;
        int each = 50_000;
        var next = new HashMap<Integer, Integer>();
        var outOfOrder = new ArrayList<Numbered>();
        var start = new CyclicBarrier(senders + 1);
        try (var threads = Executors.newFixedThreadPool(senders)) {
            var sending = IntStream.range(0, senders)
                    .mapToObj(sender -> threads.submit(() -> {
                        start.await();
                        for (int number = 0; number < each; number++) {
                            mailbox.enqueue(NOBODY, envelope(new Numbered(sender, number)));
                        }
                        return sender;
                    }))
                    .toList();
            start.await();
            for (int taken = 0; taken < senders * each; ) {
                var envelope = mailbox.dequeue();
                if (envelope == null) {
                    Thread.onSpinWait();
                    continue;
                }
                var told = (Numbered) envelope.message();
                if (next.merge(told.sender(), 1, Integer::sum) != told.number() + 1) {
                    outOfOrder.add(told);
                }
                taken++;
            }
            for (var sender : sending) {
                sender.get();
            }
        }
        assertThat(outOfOrder).isEmpty();
        assertThat(next).isEqualTo(Map.of(0, each, 1, each, 2, each, 3, each));
        assertThat(mailbox.hasMessages()).isFalse();
    }

    private void tell(String... messages) {
        for (String message : messages) {
            mailbox.enqueue(NOBODY, envelope(message));
        }
    }

    private Object taken() {
        return message(mailbox.dequeue());
    }

    private static Object message(@Nullable Envelope envelope) {
        return Objects.requireNonNull(envelope).message();
    }

    private static Envelope envelope(Object message) {
        return new Envelope(message, NOBODY);
    }
}
