package riskcluster.node;

import com.typesafe.config.Config;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.pekko.Done;
import org.apache.pekko.actor.CoordinatedShutdown;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.apache.pekko.cluster.sharding.typed.javadsl.ClusterSharding;
import org.apache.pekko.cluster.sharding.typed.javadsl.EntityRef;
import riskcluster.actors.partition.Partition;
import riskcluster.actors.partition.PartitionPorts;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.metrics.CommitMeter;
import riskcluster.contracts.metrics.PartitionMeter;
import riskcluster.contracts.step.Steps;
import riskcluster.node.commit.CommitLoop;
import riskcluster.node.operate.Pauses;
import riskcluster.node.upkeep.Journal;
import riskcluster.node.upkeep.UpkeepCalls;

/** A running node of the cluster. */
public final class RiskNode implements AutoCloseable {

    /** How long a question to a partition may take. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    /** Within that time. */
    private static final int ASKED_MAX = 3;

    private static final long SHUTDOWN_SECONDS_MAX = 30;

    private final NodeConfig config;
    private final Pipeline pipeline;
    private final ActorSystem<Guardian.Command> system;

    private RiskNode(NodeConfig config, Pipeline pipeline, ActorSystem<Guardian.Command> system) {
        this.config = config;
        this.pipeline = pipeline;
        this.system = system;
    }

    /**
     * Starts a node and returns when its actor system runs; partitions come up by themselves.
     *
     * @throws IllegalArgumentException where something that it was told cannot be, with what is allowed
     */
    public static RiskNode start(
            NodeConfig config, Function<LogPartition, PartitionMeter> meters, CommitMeter commitMeter, Steps steps) {
        var pipeline = Pipeline.assemble(config, meters, commitMeter, steps);
        return start(config, pipeline, pipeline.partitions(), pipeline.commits());
    }

    /** Starts a node with these parts; the proof that mistakes are found gives it wrong ones. */
    static RiskNode start(NodeConfig config, Pipeline pipeline, PartitionPorts partitions, CommitLoop.Parts commits) {
        try {
            var guardian = Guardian.create(config, partitions, commits, pipeline.upkeep());
            var system = ActorSystem.create(guardian, "riskcluster", settings(config));
            var node = new RiskNode(config, pipeline, system);
            node.begin();
            return node;
        } catch (RuntimeException e) {
            pipeline.close();
            throw e;
        }
    }

    private void begin() {
        CoordinatedShutdown.get(system)
                .addTask(CoordinatedShutdown.PhaseBeforeServiceUnbind(), "wake no partition", () -> {
                    system.tell(new Guardian.Quiet());
                    return CompletableFuture.completedStage(Done.getInstance());
                });
        try {
            Joining.begin(system, config);
        } catch (RuntimeException e) {
            system.terminate();
            throw e;
        }
    }

    private static Config settings(NodeConfig config) {
        return Journal.settings(config.jdbcUrl(), config.databaseUser(), config.databasePassword())
                .withFallback(ActorSettings.of(config));
    }

    /** How to ask the cluster's maintenance. */
    public UpkeepCalls upkeep() {
        return new UpkeepCalls(
                () -> AskPattern.ask(system, Guardian.FindUpkeep::new, ANSWER_MAX, system.scheduler())
                        .thenApply(Guardian.UpkeepFound::place),
                system.scheduler());
    }

    /** Which partitions are to rest. */
    public Pauses pauses() {
        return Pauses.in(pipeline.database(), config.topics().input());
    }

    public NodeConfig config() {
        return config;
    }

    public ActorSystem<?> system() {
        return system;
    }

    /** What the node works with outside. */
    public Pipeline pipeline() {
        return pipeline;
    }

    /** How each partition is, in their order. */
    public CompletionStage<List<Partition.Described>> partitions() {
        return asked(() -> all(Partition.Describe::new, Partition.Described.class));
    }

    /** The live profile of a customer, from every partition: more than one that knows him is an alarm. */
    public CompletionStage<List<Partition.CustomerShown>> customer(String userId) {
        return asked(() -> all(replyTo -> new Partition.ShowCustomer(userId, replyTo), Partition.CustomerShown.class))
                .thenApply(shown -> shown.stream()
                        .filter(each -> each.profile().isPresent())
                        .toList());
    }

    /** The outcome of a record, when it has one. */
    public CompletionStage<Optional<Outcome>> outcome(int partition, long offset) {
        return asked(() -> Places.of(ClusterSharding.get(system), partition)
                        .<Partition.OutcomeShown>ask(
                                replyTo -> new Partition.AwaitOutcome(offset, replyTo), ANSWER_MAX))
                .thenApply(Partition.OutcomeShown::outcome);
    }

    /** A question that comes before the guardian has set up the places fails like one that nobody answers. */
    private static <T> CompletionStage<T> asked(Supplier<CompletionStage<T>> question) {
        try {
            return question.get();
        } catch (IllegalStateException noPlacesYet) {
            return CompletableFuture.failedStage(noPlacesYet);
        }
    }

    private <T> CompletionStage<List<T>> all(
            org.apache.pekko.japi.function.Function<ActorRef<T>, Partition.Command> question, Class<T> answer) {
        var asked = Places.all(ClusterSharding.get(system), config.partitions())
                .map(place -> ask(place, question, ASKED_MAX).toCompletableFuture())
                .toList();
        return CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new))
                .thenApply(done -> asked.stream()
                        .map(CompletableFuture::join)
                        .map(answer::cast)
                        .toList());
    }

    /** Asks again where no answer comes: what reaches a partition that is just moving is lost with its old place. */
    private static <T> CompletionStage<T> ask(
            EntityRef<Partition.Command> place,
            org.apache.pekko.japi.function.Function<ActorRef<T>, Partition.Command> question,
            int times) {
        return place.<T>ask(question, ANSWER_MAX.dividedBy(ASKED_MAX))
                .exceptionallyCompose(failure -> times > 1 && isTimeout(failure)
                        ? ask(place, question, times - 1)
                        : CompletableFuture.failedStage(failure));
    }

    private static boolean isTimeout(Throwable failure) {
        return failure instanceof TimeoutException || failure.getCause() instanceof TimeoutException;
    }

    /** Leaves the cluster, hands the partitions over, stops. What is not sealed is scored again by the next owner. */
    @Override
    public void close() {
        CompletionStage<Done> stopped =
                CoordinatedShutdown.get(system).runAll(CoordinatedShutdown.clusterLeavingReason());
        try {
            stopped.toCompletableFuture().get(SHUTDOWN_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            system.log().warn("the node did not stop in order: {}", e.toString());
        } finally {
            pipeline.close();
        }
    }
}
