package riskcluster.node.fault;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import riskcluster.actors.partition.Pace;
import riskcluster.contracts.step.Step;
import riskcluster.node.NodeConfig;
import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/**
 * Kills a node while records flow, every second time at a step of the protocol and else at a drawn time, lets it catch
 * up, and compares what it leaves with an undisturbed node over the same log.
 */
public final class KillTest {

    /** Fewer customers in memory than there are, so that some leave and come back. */
    private static final Pace PACE =
            new Pace(Duration.ofMillis(25), Duration.ofMillis(400), Duration.ofMillis(500), 1_500);

    /** For nodes that nobody kills: a busy machine must not make them take Postgres for lost. */
    private static final Pace CALM =
            new Pace(Duration.ofMillis(25), Duration.ofSeconds(2), Duration.ofSeconds(4), 1_500);

    private static final Duration COMMIT = Duration.ofMillis(125);
    private static final int CUSTOMERS = 12_000;

    /** Six times what a bank sees in a day, so that windows hold more than one record. */
    private static final int RUSH = 6;

    /** How long a node works before it is killed, at most. */
    private static final long WORK_MILLIS_MAX = 3_000;

    /** One in so many is killed at any time after its start, which is mostly before it works. */
    private static final int EARLY_ONE_IN = 5;

    private static final long EARLY_MILLIS_MAX = 1_500;
    private static final Duration WORK_BEGINS_MAX = Duration.ofSeconds(60);
    private static final Duration AIM_MAX = Duration.ofSeconds(60);
    private static final Duration THROUGH_MAX = Duration.ofMinutes(4);

    /** First the steps between sealing and COMMIT, then the others. */
    private static final List<Step> AIMS = List.of(
            Step.CHECKPOINT_SEALED,
            Step.POINTERS_MOVED,
            Step.AFTER_COMMIT,
            Step.FILES_CLOSED,
            Step.METADATA_WRITTEN,
            Step.FENCE_HELD,
            Step.CHECKPOINTS_MARKED,
            Step.BEFORE_COMMIT,
            Step.CHECKPOINTS_TAKEN,
            Step.ALERTS_SENT,
            Step.ALERTS_COMMITTED,
            Step.FILE_HALF_WRITTEN,
            Step.METADATA_FILE_WRITTEN,
            Step.SOME_POINTERS_MOVED,
            Step.BATCH_UNTOLD,
            Step.PROFILES_CUT,
            Step.PROFILES_SAVED,
            Step.EPOCH_TAKEN,
            Step.PRODUCER_INITIALISED,
            Step.CURSORS_READ,
            Step.ROWS_WRITTEN,
            Step.SCORED,
            Step.POLLED);

    private final KillSettings settings;

    /** Where the node dies, one kill after the other; empty at a drawn time. */
    private final List<Optional<Step>> plan;

    private final ChildPath classes;
    private final PrintStream progress;
    private final SplittableRandom chance;
    private final List<Death> deaths = new ArrayList<>();

    private KillTest(KillSettings settings, List<Optional<Step>> plan, PrintStream progress) throws IOException {
        this.settings = settings;
        this.plan = plan;
        this.classes = ChildPath.in(settings.folder().resolve("classes"));
        this.progress = progress;
        this.chance = new SplittableRandom(settings.seed());
    }

    /** Runs it all; minutes for fifty kills. */
    public static KillReport run(KillSettings settings, PrintStream progress) throws IOException, InterruptedException {
        var plan = IntStream.range(0, settings.kills())
                .mapToObj(i -> i % 2 == 0 ? Optional.<Step>empty() : Optional.of(AIMS.get(i / 2 % AIMS.size())))
                .toList();
        return new KillTest(settings, plan, progress).run();
    }

    /** Kills the node at every step of the protocol, one after the other, this often; what kills are left, at drawn times. */
    public static KillReport runAtEveryStep(int times, KillSettings settings, PrintStream progress)
            throws IOException, InterruptedException {
        var plan = IntStream.range(0, settings.kills())
                .mapToObj(
                        i -> i < times * AIMS.size() ? Optional.of(AIMS.get(i % AIMS.size())) : Optional.<Step>empty())
                .toList();
        return new KillTest(settings, plan, progress).run();
    }

    private KillReport run() throws IOException, InterruptedException {
        long began = System.nanoTime();
        try (var ground = Ground.start(settings.folder(), settings.partitions())) {
            var disturbed = cluster(ground, "disturbed", PACE);
            var catchingUp = cluster(ground, "disturbed", CALM);
            var undisturbed = cluster(ground, "undisturbed", CALM);
            var sent = disturb(ground, disturbed);
            say("the last one catches up while an undisturbed node reads the same log");
            runThrough(catchingUp, undisturbed);
            say("comparing");
            var comparison = new Comparison(sent);
            comparison.compare(disturbed, undisturbed);
            var findings = new ArrayList<>(alarms(disturbed));
            findings.addAll(alarms(undisturbed));
            findings.addAll(comparison.findings());
            return new KillReport(
                    settings,
                    deaths,
                    comparison.records(),
                    comparison.lost(),
                    comparison.doubled(),
                    comparison.counts(),
                    findings,
                    Duration.ofNanos(System.nanoTime() - began));
        }
    }

    private NodeConfig cluster(Ground ground, String name, Pace pace) throws IOException, InterruptedException {
        return ground.cluster(name, "default", pace, COMMIT).withGold(settings.gold());
    }

    private Sent disturb(Ground ground, NodeConfig config) throws IOException, InterruptedException {
        var bank = GeneratorSettings.usual(settings.seed())
                .withCustomers(CUSTOMERS)
                .withAlertShare(0.03)
                .withBadShare(0.01)
                .withDuplicateShare(0.02)
                .withLateShare(0.03);
        var clock = EventClock.natural(EventClock.USUAL_START, CUSTOMERS * RUSH);
        var rushing = new Rushing(new Generator(bank, clock));
        try (var sender = Sender.start(ground.bootstrap(), rushing::next, settings.recordsPerSecond())) {
            stopInOrder(config);
            try (var nodes = Succession.of(settings.folder(), classes, config)) {
                for (var step : plan) {
                    long began = System.nanoTime();
                    var death = step.isPresent() ? atStep(nodes, config, step.get()) : atDrawnTime(nodes, config);
                    deaths.add(death);
                    say(death, Duration.ofNanos(System.nanoTime() - began), sender.count());
                }
            }
            return sender.end();
        }
    }

    /** The first node is stopped in order: that leaves the shared archive, and is a case of its own. */
    private void stopInOrder(NodeConfig config) throws IOException, InterruptedException {
        try (var child = start(config)) {
            child.awaitBatch(WORK_BEGINS_MAX);
            child.stop();
        }
    }

    private Death atDrawnTime(Succession nodes, NodeConfig config) throws IOException, InterruptedException {
        try (var child = nodes.begin(Optional.empty())) {
            boolean early = chance.nextInt(EARLY_ONE_IN) == 0;
            if (!early) {
                child.awaitStep(Step.POLLED, WORK_BEGINS_MAX);
            }
            if (child.endsWithin(Duration.ofMillis(chance.nextLong(early ? EARLY_MILLIS_MAX : WORK_MILLIS_MAX)))) {
                throw new IllegalStateException("the node ended by itself with status " + child.exitStatus() + ", see "
                        + Child.log(settings.folder(), config));
            }
            child.kill();
            return new Death(Optional.empty(), false, child.latestSteps());
        }
    }

    private Death atStep(Succession nodes, NodeConfig config, Step step) throws IOException, InterruptedException {
        var aim = Aim.at(step, settings.partitions(), chance);
        try (var child = nodes.begin(Optional.of(aim))) {
            boolean hit = child.endsWithin(AIM_MAX);
            if (hit && child.exitStatus() != Aim.KILLED) {
                throw new IllegalStateException("the node ended by itself with status " + child.exitStatus() + ", see "
                        + Child.log(settings.folder(), config));
            }
            child.kill();
            return new Death(Optional.of(aim), hit, child.latestSteps());
        }
    }

    private void runThrough(NodeConfig disturbed, NodeConfig undisturbed) throws IOException, InterruptedException {
        try (var last = start(disturbed);
                var only = start(undisturbed)) {
            Standing.await(disturbed, THROUGH_MAX);
            Standing.await(undisturbed, THROUGH_MAX);
            last.stop();
            only.stop();
        }
    }

    private Child start(NodeConfig config) throws IOException {
        return Child.prepare(settings.folder(), classes, config).begin(Optional.empty());
    }

    private List<String> alarms(NodeConfig config) throws IOException {
        try (var lines = Files.lines(Child.log(settings.folder(), config))) {
            return lines.filter(line -> line.contains("ALARM"))
                    .map(line -> config.cluster() + " said: " + line)
                    .limit(10)
                    .toList();
        }
    }

    private void say(Death death, Duration took, int records) {
        say("kill " + deaths.size() + " of " + plan.size() + ": "
                + death.aim().map(Aim::toString).orElse("drawn time")
                + (death.aim().isPresent() && !death.hit() ? " (not reached)" : "") + " " + death.latest()
                + " after " + took.toMillis() + " ms, " + records + " records");
    }

    private void say(String what) {
        progress.println(what);
    }
}
