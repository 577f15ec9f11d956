package riskcluster.node.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.errors.InterruptException;
import riskcluster.node.Rules;
import riskcluster.node.alerts.AlertReader;
import riskcluster.node.alerts.ReadAlert;
import riskcluster.node.embedded.FolderLock;
import riskcluster.node.feed.Feeder;
import riskcluster.node.terminal.AlertLine;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;

/** Starts everything in this process, feeds it, shows what happens, and checks the result against the tables. */
public final class Demo {

    private static final int FIRST_ALERTS = 10;
    /** Without any progress for so long something is broken, and waiting longer would only hide it. */
    private static final Duration STALL_MAX = Duration.ofSeconds(60);

    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DemoSettings settings;
    private final Screen screen;
    private final Progress progress;
    private final AtomicInteger alertsShown = new AtomicInteger();

    private Demo(DemoSettings settings, Screen screen) {
        this.settings = settings;
        this.screen = screen;
        this.progress = new Progress(screen);
    }

    /** Runs the demo and gives the status to end with: 1 where what was read back does not agree. */
    public static int run(DemoSettings settings, Screen screen) throws IOException {
        try (var _ = Interruption.ofThisThread()) {
            return new Demo(settings, screen).run();
        } catch (InterruptedException | InterruptException e) {
            throw new CommandFailed(Exit.UNWELL, "the demo was interrupted", e);
        }
    }

    private int run() throws IOException, InterruptedException {
        // What cannot work is said before anything is wiped or started.
        var policy = Rules.read(settings.rules());
        try (var supply = Supply.of(settings, Instant.now())) {
            var folder = settings.home().resolve("demo");
            var lock = FolderLock.of(folder);
            try {
                wipe(folder);
            } catch (IOException e) {
                lock.close();
                throw e;
            }
            say("RiskCluster demo: Kafka, Postgres and one node in this process; its data stays in " + folder);
            say("Feeding " + what(supply) + ", rules: " + settings.rules());
            progress.state("Starting ...");
            try (var local = LocalNode.start(folder, lock, Ports.any(), settings.rules());
                    var feeder =
                            new Feeder(local.services().bootstrap(), LocalServices.TOPICS.input(), settings.rate())) {
                var outcome = feed(local, feeder, supply);
                return new Summary(local, feeder, policy, screen).print(outcome, supply.known());
            }
        }
    }

    /** Feeds everything, and waits until every record is committed and every alert is read. */
    private Outcome feed(LocalNode local, Feeder feeder, Supply supply) throws InterruptedException {
        var bootstrap = local.services().bootstrap();
        var topic = LocalServices.TOPICS.alerts();
        try (var exact = AlertWatch.start(bootstrap, topic, AlertReader.Reading.EXACT, this::show);
                var fast = AlertWatch.start(bootstrap, topic, AlertReader.Reading.FAST, alert -> {})) {
            var state = new LiveState(local, feeder, supply.size());
            var startedNanos = System.nanoTime();
            while (supply.hasNext()) {
                var item = supply.next();
                feeder.send(item.key(), item.value());
                if (progress.isDue()) {
                    progress.state(state.line());
                }
            }
            feeder.flush();
            awaitCommitted(local, feeder, state);
            var tookNanos = System.nanoTime() - startedNanos;
            progress.end();
            return new Outcome(exact.finish(), fast.finish(), Duration.ofNanos(tookNanos));
        }
    }

    /** What consumers received, and how long it took from the first record to the last commit. */
    record Outcome(List<ReadAlert> exact, List<ReadAlert> fast, Duration took) {}

    private void awaitCommitted(LocalNode local, Feeder feeder, LiveState state) throws InterruptedException {
        var committed = new Committed(local.node().pipeline().database());
        var before = -1L;
        var movedNanos = System.nanoTime();
        for (var now = committed.records(); now < feeder.acknowledged(); now = committed.records()) {
            if (now != before) {
                before = now;
                movedNanos = System.nanoTime();
            } else if (System.nanoTime() - movedNanos > STALL_MAX.toNanos()) {
                progress.end();
                throw new CommandFailed(
                        Exit.UNWELL,
                        "nothing was committed for " + STALL_MAX.toSeconds() + " seconds, " + now + " of "
                                + feeder.acknowledged() + " records are; the warnings above say why");
            }
            if (progress.isDue()) {
                progress.state(state.line());
            }
            Thread.sleep(LOOK_EVERY.toMillis());
        }
    }

    private void show(ReadAlert alert) {
        var number = alertsShown.getAndIncrement();
        if (number < FIRST_ALERTS) {
            progress.line("  alert  " + line(alert));
        } else if (number == FIRST_ALERTS) {
            progress.line("  (from here on alerts are only counted)");
        }
    }

    private static String line(ReadAlert alert) {
        try {
            return AlertLine.of(JSON.readTree(alert.body()));
        } catch (IOException e) {
            return "not readable: " + new String(alert.body(), StandardCharsets.UTF_8);
        }
    }

    private String what(Supply supply) {
        var number = supply.size().isPresent()
                ? String.format(Locale.ROOT, "%,d records", supply.size().getAsLong())
                : "all records";
        var from = settings.input().isPresent()
                ? "of " + settings.input().get()
                : "of a made-up bank (seed " + settings.seed() + ", "
                        + String.format(Locale.ROOT, "%,d", settings.customers()) + " customers)";
        var pace = settings.rate() > 0
                ? String.format(Locale.ROOT, "%,.0f a second", settings.rate())
                : "as fast as it goes";
        return number + " " + from + ", " + pace;
    }

    private void say(String line) {
        screen.out().println(line);
    }

    /** Removes what the last demo left, but not the lock that this one holds. */
    private static void wipe(Path folder) throws IOException {
        var left = new ArrayList<Path>();
        try (var entries = Files.walk(folder)) {
            entries.filter(path -> !path.equals(folder) && !path.equals(folder.resolve(FolderLock.NAME)))
                    .forEach(left::add);
        }
        left.sort(Comparator.reverseOrder());
        for (var path : left) {
            Files.deleteIfExists(path);
        }
    }
}
