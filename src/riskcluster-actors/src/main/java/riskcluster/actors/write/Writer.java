package riskcluster.actors.write;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.lake.PartitionWriter;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Checkpoint;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.PartitionLedger;
import riskcluster.contracts.ledger.StagedFile;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;

/** Writes a partition's rows to files and seals them; lives on a dispatcher of as many threads as cores. */
public final class Writer {

    public sealed interface Command {}

    /**
     * Write the rows of these records, which reach up to offset {@code to}.
     *
     * @param watermarkMicros greatest event time among the partition's decided records before them
     */
    public record Write(List<Judged> records, long to, long watermarkMicros) implements Command {}

    /** Close the files and seal the offsets [from, to). */
    public record Seal(long from, long to, long alertCursor, long watermarkMicros, long records) implements Command {}

    /** Postgres' word on a checkpoint, or none. */
    private record Answered(
            @Nullable Answer answer, @Nullable Throwable failure, long to) implements Command {}

    public sealed interface Report {}

    /** The rows up to {@code to} are in files, of which so many are open. */
    public record Written(long to, int openFiles) implements Report {}

    /** What Postgres said to the checkpoint that ends at {@code to}. */
    public record Sealed(Answer answer, long to) implements Report {}

    private Writer() {}

    /**
     * A failure stops the writer, and with it, since it is watched, the partition's sealing. While Postgres is asked, rows
     * of the next checkpoint go into new files.
     */
    public static Behavior<Command> create(
            LogPartition source,
            Ownership owner,
            PartitionWriter files,
            PartitionLedger ledger,
            LongSupplier wallClockMicros,
            Steps steps,
            Executor blocking,
            ActorRef<Report> replyTo) {
        return Behaviors.setup(context -> Behaviors.receive(Command.class)
                .onMessage(Write.class, write -> {
                    files.watermark(write.watermarkMicros());
                    files.write(write.records(), wallClockMicros.getAsLong());
                    steps.reached(owner.scope(), Step.ROWS_WRITTEN);
                    replyTo.tell(new Written(write.to(), files.openFiles()));
                    return Behaviors.same();
                })
                .onMessage(Seal.class, seal -> {
                    var staged = files.stage();
                    steps.reached(owner.scope(), Step.FILES_CLOSED);
                    var checkpoint = checkpoint(source, seal, staged, files);
                    context.pipeToSelf(
                            CompletableFuture.supplyAsync(() -> ledger.seal(owner, checkpoint), blocking),
                            (answer, failure) -> new Answered(answer, failure, seal.to()));
                    return Behaviors.same();
                })
                .onMessage(Answered.class, answered -> {
                    var answer = answered.answer();
                    if (answer == null) {
                        throw new IllegalStateException(
                                "the seal up to " + answered.to() + " had no answer", answered.failure());
                    }
                    steps.reached(owner.scope(), Step.CHECKPOINT_SEALED);
                    replyTo.tell(new Sealed(answer, answered.to()));
                    return Behaviors.same();
                })
                .onSignal(PostStop.class, stopped -> {
                    files.abandon();
                    return Behaviors.same();
                })
                .build());
    }

    private static Checkpoint checkpoint(
            LogPartition source, Seal seal, List<StagedFile> staged, PartitionWriter files) {
        return new Checkpoint(
                source,
                seal.from(),
                seal.to(),
                seal.alertCursor(),
                seal.watermarkMicros(),
                seal.records(),
                files.tombstones(),
                staged,
                files.partials());
    }
}
