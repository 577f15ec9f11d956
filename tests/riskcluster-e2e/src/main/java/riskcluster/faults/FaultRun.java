package riskcluster.faults;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import riskcluster.node.fault.Standing;
import riskcluster.programs.PythonEnvironment;

/**
 * One run: a cluster of three processes under load, faults by the seed, the judge in their midst, the death of all nodes,
 * the end of all faults, and the judge again.
 */
public final class FaultRun {

    private static final Duration THROUGH_MAX = Duration.ofMinutes(5);

    private final FaultSettings settings;
    private final PrintStream progress;
    private final Map<String, String> skipped = new LinkedHashMap<>();
    private final List<String> findings = new ArrayList<>();
    private final List<String> facts = new ArrayList<>();

    private FaultRun(FaultSettings settings, PrintStream progress) {
        this.settings = settings;
        this.progress = progress;
    }

    /** Runs it all; a minute or two longer than the faults. */
    public static FaultReport run(FaultSettings settings, PrintStream progress)
            throws IOException, InterruptedException {
        return new FaultRun(settings, progress).run();
    }

    private FaultReport run() throws IOException, InterruptedException {
        var produced = settings.folder().resolve("produced.csv");
        var nodes = settings.folder().resolve("nodes");
        PythonEnvironment.ready(); // else the judge in the midst of the faults would come when they are over
        long began = System.nanoTime();
        try (var network = Network.of(Fleet.PLACES);
                var world = World.start(settings.folder(), network.host(), settings.partitions());
                var disk = FullDisk.at(nodes.resolve("tmp-0"));
                var fleet = Fleet.start(nodes, world.nodes(), network);
                var _ = LastWill.of(fleet, world, disk, network);
                var times = AlertTimes.listen(world.bootstrap());
                var load = Load.start(world.bootstrap(), produced, settings.seed(), settings.recordsPerSecond());
                var inspection = Inspection.after(settings.faultTime().dividedBy(2), world, produced)) {
            say("three nodes run after " + millisSince(began) + " ms; faults begin");
            var clocks = Clocks.here();
            var blows = new Blows(world, fleet, network, disk, clocks, progress);
            blows.strike(plan(network, disk, clocks), settings.faultTime());
            var calm = Recovery.calm(fleet, times, settings.partitions());
            say("faults have ended; every partition alerts again: " + calm.stages());
            inspected(inspection.verdict());
            var recovery = settings.recovery() ? blows.killAll(times, settings.partitions()) : Recovery.NONE;
            load.end();
            var catchUp = caughtUp(world, fleet);
            fleet.end();
            return judged(world, fleet, blows, times, load, new Comeback(calm, recovery, catchUp), produced);
        }
    }

    /** How the cluster came back: from the faults, from the death of all nodes, and to the end of the log. */
    private record Comeback(Recovery calm, Recovery recovery, Duration catchUp) {}

    private void inspected(Verdict verdict) {
        say("the judge has looked in the midst of it: " + verdict.line());
        facts.add("judge during the faults: " + verdict.line());
        findings.addAll(verdict.findings("during the faults"));
    }

    private static long millisSince(long nanos) {
        return Duration.ofNanos(System.nanoTime() - nanos).toMillis();
    }

    private Duration caughtUp(World world, Fleet fleet) throws IOException, InterruptedException {
        long ended = System.nanoTime();
        awaitThrough(world, fleet);
        var catchUp = Duration.ofMillis(millisSince(ended));
        say("caught up in " + catchUp.toMillis() + " ms; the nodes leave, the judge looks");
        return catchUp;
    }

    /** Nodes that end are started again until everything is through. */
    private void awaitThrough(World world, Fleet fleet) throws IOException, InterruptedException {
        long until = System.nanoTime() + THROUGH_MAX.toNanos();
        while (true) {
            fleet.keepRunning();
            try {
                Standing.await(world.outside(), Duration.ofSeconds(2));
                return;
            } catch (IllegalStateException notYet) {
                if (System.nanoTime() > until) {
                    findings.add(String.valueOf(notYet.getMessage()));
                    return;
                }
            }
        }
    }

    private List<Fault> plan(Network network, FullDisk disk, Clocks clocks) {
        var kinds = new ArrayList<>(Arrays.asList(FaultKind.values()));
        kinds.remove(FaultKind.ALL_KILLED); // it has its own time
        if (!disk.isMounted()) {
            skip(kinds, FaultKind.DISK_FULL, "a tmpfs cannot be mounted here, which takes root");
        }
        if (!network.canBeCut()) {
            skip(kinds, FaultKind.NETWORK_CUT, network.why());
        }
        if (!clocks.canBeOff()) {
            skip(kinds, FaultKind.CLOCK, "libfaketime is not installed (Debian: libfaketime)");
        }
        return Fault.plan(settings.seed(), settings.faultTime().toMillis(), Fleet.NODES, kinds);
    }

    private void skip(List<FaultKind> kinds, FaultKind kind, String why) {
        kinds.remove(kind);
        skipped.put(kind.name(), why);
    }

    private FaultReport judged(
            World world, Fleet fleet, Blows blows, AlertTimes times, Load load, Comeback comeback, Path produced)
            throws IOException {
        var verdict = world.judge(produced);
        findings.addAll(verdict.findings("at the end"));
        var struck = new LinkedHashMap<String, Integer>();
        blows.struck().forEach((kind, count) -> struck.put(kind.name(), count));
        facts.add("judge at the end: " + verdict.line());
        var alone = blows.deaths().stream().filter(Blows.Death::alone).toList();
        facts.add("failover where all others were well, ms: " + silences(alone, times));
        facts.add("proxies: " + world.databaseProxy().lost() + " answers to a COMMIT lost, "
                + world.storeProxy().counts());
        // alarms are right while a server is away; one that stays is a record that the judge misses
        fleet.alarms().forEach(alarm -> facts.add("alarm: " + alarm));
        return new FaultReport(
                settings,
                struck,
                skipped,
                load.count(),
                verdict.violations("produced.lost"),
                verdict.violations("produced.doubled"),
                silences(blows.deaths(), times),
                fleet.startedAgain(),
                comeback.calm(),
                comeback.recovery(),
                comeback.catchUp(),
                verdict.checks(),
                facts,
                findings,
                verdict.text());
    }

    private static List<Long> silences(List<Blows.Death> deaths, AlertTimes times) {
        var silences = new ArrayList<Long>();
        for (var death : deaths) {
            for (int partition : death.partitions()) {
                times.heard().silenceAfter(partition, death.wallMillis()).ifPresent(silences::add);
            }
        }
        silences.sort(null);
        return silences;
    }

    private void say(String what) {
        progress.println(what);
    }
}
