package riskcluster.actors.partition;

import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.DispatcherSelector;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import riskcluster.actors.alert.AlertChannel;
import riskcluster.actors.alert.Publisher;
import riskcluster.actors.partition.Tenure.Command;
import riskcluster.actors.write.Writer;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;

/** The two children of a tenure that let something out, each on a dispatcher of its kind, both watched. */
final class Outputs {

    private Outputs() {}

    static ActorRef<Publisher.Command> publisher(
            ActorContext<Command> context, LogPartition source, PartitionPorts ports, AlertChannel channel) {
        var told = context.messageAdapter(Publisher.Committed.class, Tenure.AlertsCommitted::new);
        var child = context.spawn(
                Publisher.create(source, channel, ports.steps(), told),
                "publisher",
                DispatcherSelector.fromConfig("riskcluster.blocking-dispatcher"));
        context.watch(child);
        return child;
    }

    static ActorRef<Writer.Command> writer(
            ActorContext<Command> context, LogPartition source, PartitionPorts ports, Ownership owner) {
        var told = context.messageAdapter(Writer.Report.class, Tenure.Reported::new);
        var files = ports.lake().open(owner, source);
        var child = context.spawn(
                Writer.create(
                        source,
                        owner,
                        files,
                        ports.ledger(),
                        ports.wallClockMicros(),
                        ports.steps(),
                        ports.blocking(),
                        told),
                "writer",
                DispatcherSelector.fromConfig("riskcluster.writer-dispatcher"));
        context.watch(child);
        return child;
    }
}
