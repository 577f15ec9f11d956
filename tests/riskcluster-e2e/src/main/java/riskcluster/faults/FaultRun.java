package riskcluster.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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

/** One run: a cluster of three processes under load, faults by the seed, the end of all faults, and the judge. */
public final class FaultRun {

    private static final Duration THROUGH_MAX = Duration.ofMinutes(5);

    private final FaultSettings settings;
    private final PrintStream progress;
    private final Map<String, String> skipped = new LinkedHashMap<>();

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
        try (var world = World.start(settings.folder(), settings.partitions());
                var disk = FullDisk.at(nodes.resolve("tmp-0"));
                var fleet = Fleet.start(nodes, world.nodes());
                var times = AlertTimes.listen(world.bootstrap());
                var load = Load.start(world.bootstrap(), produced, settings.seed(), settings.recordsPerSecond())) {
            say("three nodes run; faults begin");
            var clocks = Clocks.here();
            var blows = new Blows(world, fleet, disk, clocks, progress);
            blows.strike(plan(disk, clocks), settings.faultTime());
            say("faults have ended");
            load.end();
            long ended = System.nanoTime();
            var findings = new ArrayList<String>();
            awaitThrough(world, fleet, findings);
            var catchUp = Duration.ofNanos(System.nanoTime() - ended);
            say("caught up in " + catchUp.toMillis() + " ms; the nodes leave, the judge looks");
            fleet.end();
            return judged(world, fleet, blows, times, load, catchUp, findings, produced);
        }
    }

    /** Nodes that end are started again until everything is through. */
    private static void awaitThrough(World world, Fleet fleet, List<String> findings)
            throws IOException, InterruptedException {
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

    private List<Fault> plan(FullDisk disk, Clocks clocks) {
        var kinds = new ArrayList<>(Arrays.asList(FaultKind.values()));
        if (!disk.isMounted()) {
            skip(kinds, FaultKind.DISK_FULL, "a tmpfs cannot be mounted here, which takes root");
        }
        skip(kinds, FaultKind.NETWORK_CUT, "all nodes are in one network namespace so far");
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
            World world,
            Fleet fleet,
            Blows blows,
            AlertTimes times,
            Load load,
            Duration catchUp,
            List<String> findings,
            Path produced)
            throws IOException {
        var answer = world.judge(produced);
        JsonNode verdict = read(answer.text());
        if (answer.status() != 0) {
            findings.add("the judge ends with status " + answer.status());
            verdict.path("checks").forEach(check -> {
                if (check.path("violations").asLong() > 0) {
                    findings.add(check.path("name").asText() + ": "
                            + check.path("violations").asLong() + " wrong, "
                            + check.path("offenders"));
                }
            });
        }
        var struck = new LinkedHashMap<String, Integer>();
        blows.struck().forEach((kind, count) -> struck.put(kind.name(), count));
        return new FaultReport(
                settings,
                struck,
                skipped,
                load.count(),
                violations(verdict, "produced.lost"),
                violations(verdict, "produced.doubled"),
                silences(blows, times),
                fleet.startedAgain(),
                catchUp,
                facts(world, fleet, verdict),
                findings,
                answer.text());
    }

    /** Alarms are right while a server is away; one that stays is a record that the judge misses. */
    private static List<String> facts(World world, Fleet fleet, JsonNode verdict) throws IOException {
        var facts = new ArrayList<>(List.of(
                "proxies: " + world.databaseProxy().lost() + " answers to a COMMIT lost, "
                        + world.storeProxy().counts(),
                "judge: " + verdict.path("verdict").asText("said nothing that can be read") + ", "
                        + verdict.path("checks").size() + " checks"));
        fleet.alarms().forEach(alarm -> facts.add("alarm: " + alarm));
        return facts;
    }

    private static List<Long> silences(Blows blows, AlertTimes times) {
        var silences = new ArrayList<Long>();
        for (var death : blows.deaths()) {
            for (int partition : death.partitions()) {
                times.silenceAfter(partition, death.wallMillis()).ifPresent(silences::add);
            }
        }
        silences.sort(null);
        return silences;
    }

    private static JsonNode read(String text) {
        int begin = text.indexOf('{');
        try {
            return new ObjectMapper().readTree(begin < 0 ? "{}" : text.substring(begin));
        } catch (IOException unreadable) {
            return new ObjectMapper().createObjectNode(); // its status has told already that it did not go well
        }
    }

    private static long violations(JsonNode verdict, String name) {
        for (var check : verdict.path("checks")) {
            if (check.path("name").asText().equals(name)) {
                return check.path("violations").asLong();
            }
        }
        return -1;
    }

    private void say(String what) {
        progress.println(what);
    }
}
