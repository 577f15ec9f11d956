package riskcluster.actors.customer;

import com.typesafe.config.Config;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.ArrayDeque;
import java.util.Queue;
import org.apache.pekko.actor.ActorRef;
import org.apache.pekko.actor.ActorSystem;
import org.apache.pekko.dispatch.Envelope;
import org.apache.pekko.dispatch.MailboxType;
import org.apache.pekko.dispatch.MessageQueue;
import org.apache.pekko.dispatch.ProducesMessageQueue;
import org.jspecify.annotations.Nullable;
import scala.Option;

/**
 * The mailbox of customers: a place for one message, which is all that waits for most of them ever, and a queue for as
 * long as there are more. Without bounds, as Pekko's own.
 *
 * <p>Pekko's keeps a node for each message, and the last one for good: 24 bytes more of every customer, and an old object
 * that points to a new one after each message, which is what the collector spends its time on.
 */
public final class OnePlaceMailbox implements MailboxType, ProducesMessageQueue<OnePlaceMailbox.OnePlace> {

    /** Made by Pekko from its configuration. */
    public OnePlaceMailbox(ActorSystem.Settings settings, Config config) {}

    @Override
    public MessageQueue create(Option<ActorRef> owner, Option<ActorSystem> system) {
        return new OnePlace();
    }

    /**
     * Any thread puts in, one at a time takes out. What one sender put in comes out in his order: his message waits behind
     * the others for as long as an earlier one of his may be among them.
     */
    static final class OnePlace implements MessageQueue {

        private static final VarHandle PLACE;

        static {
            try {
                PLACE = MethodHandles.lookup().findVarHandle(OnePlace.class, "place", Envelope.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        /** Goes out first. Set where it is empty by who puts in, cleared by who takes out. */
        private volatile @Nullable Envelope place;

        /** Never empty; changed by who holds the lock. */
        private volatile @Nullable Queue<Envelope> others;

        @Override
        public void enqueue(ActorRef receiver, Envelope message) {
            // nobody's earlier message can be among the others where there are none
            if (others != null || !PLACE.compareAndSet(this, null, message)) {
                queue(message);
            }
        }

        private synchronized void queue(Envelope message) {
            var waiting = others;
            if (waiting == null) {
                waiting = new ArrayDeque<>();
                waiting.add(message);
                others = waiting; // as a last step, for it is never seen empty
            } else {
                waiting.add(message);
            }
        }

        @Override
        public @Nullable Envelope dequeue() {
            var first = place;
            if (first != null) {
                PLACE.setRelease(this, null); // nobody else clears it
                return first;
            }
            return others == null ? null : nextOfOthers();
        }

        private synchronized @Nullable Envelope nextOfOthers() {
            var waiting = others;
            if (waiting == null) {
                return null;
            }
            var first = waiting.poll();
            if (waiting.isEmpty()) {
                others = null;
            }
            return first;
        }

        @Override
        public int numberOfMessages() {
            return (place == null ? 0 : 1) + numberOfOthers();
        }

        private synchronized int numberOfOthers() {
            var waiting = others;
            return waiting == null ? 0 : waiting.size();
        }

        @Override
        public boolean hasMessages() {
            return place != null || others != null;
        }

        @Override
        public void cleanUp(ActorRef owner, MessageQueue deadLetters) {
            for (var left = dequeue(); left != null; left = dequeue()) {
                deadLetters.enqueue(owner, left);
            }
        }
    }
}
