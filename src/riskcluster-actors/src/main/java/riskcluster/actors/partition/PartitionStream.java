package riskcluster.actors.partition;

import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.stream.Attributes;
import org.apache.pekko.stream.KillSwitch;
import org.apache.pekko.stream.KillSwitches;
import org.apache.pekko.stream.javadsl.Keep;
import org.apache.pekko.stream.typed.javadsl.ActorSink;
import riskcluster.actors.log.LogSource;
import riskcluster.contracts.log.LogPartition;

/** The stream of a partition: fetches from the profile cursor on, decoded into rounds, one at a time to the tenure. */
final class PartitionStream {

    private PartitionStream() {}

    /** Runs until it is shut down; the tenure answers each round when it has room for another. */
    static KillSwitch run(
            ActorContext<Tenure.Command> context, LogPartition source, PartitionPorts ports, Opening.Opened opened) {
        var tenure = context.getSelf();
        var rounds = new Rounds(
                source, ports, opened.policies(), opened.erased(), done -> tenure.tell(new Tenure.RoundDone()));
        var decoding = new Decoding(
                rounds, context.getSystem(), ports.blocking(), rest -> tenure.tell(new Tenure.Waits(rest)));
        var cursors = opened.cursors();
        var log = LogSource.of(ports.log(), source, cursors.profile(), cursors.leaderEpoch(), decoding::pieces)
                .viaMat(KillSwitches.single(), Keep.right())
                .mapConcat(pieces -> pieces)
                .mapAsync(1, decoding::settled)
                .mapConcat(settled -> settled)
                .to(ActorSink.actorRefWithBackpressure(
                        tenure,
                        (ack, round) -> new Tenure.Arrived(ack, round),
                        Tenure.Streaming::new,
                        Tenure.Taken.TAKEN,
                        new Tenure.Failed("the stream of " + source, new IllegalStateException("it ended")),
                        failure -> new Tenure.Failed("the stream of " + source, failure)))
                .addAttributes(Attributes.inputBuffer(1, 1).and(LogSource.RUN_WITH))
                .run(context.getSystem());
        return new Ending(log, decoding);
    }

    /** Ends the stream and whatever waits in it. */
    private record Ending(KillSwitch log, Decoding decoding) implements KillSwitch {
        @Override
        public void shutdown() {
            decoding.end();
            log.shutdown();
        }

        @Override
        public void abort(Throwable cause) {
            decoding.end();
            log.abort(cause);
        }
    }
}
