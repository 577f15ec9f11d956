package riskcluster.node.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import riskcluster.actors.policy.Policy;
import riskcluster.contracts.decision.Band;
import riskcluster.lakehouse.read.BatchSql;
import riskcluster.lakehouse.read.LakeCounts;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.node.alerts.ReadAlert;
import riskcluster.node.feed.DueTimes;
import riskcluster.node.feed.Feeder;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;

/** The end of a demo: what is in the tables and on the alert topic, read back, and whether it agrees. */
final class Summary {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LocalNode local;
    private final Feeder feeder;
    private final Policy policy;
    private final Screen screen;

    Summary(LocalNode local, Feeder feeder, Policy policy, Screen screen) {
        this.local = local;
        this.feeder = feeder;
        this.policy = policy;
        this.screen = screen;
    }

    /** Prints the summary and gives the status to end with. */
    int print(Demo.Outcome outcome, Optional<Supply.Known> known) {
        var pipeline = local.node().pipeline();
        var batch = PinnedBatch.newest(pipeline.database(), pipeline.catalog());
        LakeCounts counts;
        try (var sql = new BatchSql(batch)) {
            counts = LakeCounts.of(sql);
        }
        var alerts = byBand(outcome.exact());
        var ids = new HashSet<String>();
        outcome.exact().forEach(alert -> ids.add(alert.id()));
        var mismatches = new Agreement()
                .tables(feeder.acknowledged(), counts)
                .alerts(alerts, counts, policy::alerts)
                .same("alerts read", outcome.exact().size(), "different ones", ids.size())
                .known(known, counts)
                .mismatches();

        var seconds = outcome.took().toMillis() / 1e3;
        say("");
        say("Read back from the tables of batch " + batch.id() + " and from the alert topic:");
        row(
                "records in",
                number(feeder.acknowledged())
                        + String.format(
                                Locale.ROOT, "  in %.1f s, %,.0f a second", seconds, feeder.acknowledged() / seconds));
        row("rejected", number(counts.rejected()));
        row("decisions", number(counts.decisions()));
        row("duplicates", number(counts.duplicates()));
        row("alerts", alertsText(alerts));
        for (var table : batch.statistics()) {
            row(
                    table.table(),
                    number(table.rows()) + " rows in " + number(table.files()) + " files, "
                            + number(table.bytes() / 1_024) + " KiB");
        }
        row(
                "alert latency",
                "fast " + latency(outcome.fast()).text() + "; exact "
                        + latency(outcome.exact()).text());
        row(
                "freshness",
                new Committed(pipeline.database()).freshness(feeder.due()).text());
        say("");
        return verdict(mismatches, outcome.exact());
    }

    private int verdict(List<String> mismatches, List<ReadAlert> exact) {
        if (!mismatches.isEmpty()) {
            screen.err().println("MISMATCH, please report it:");
            mismatches.forEach(mismatch -> screen.err().println("  " + mismatch));
            return Exit.UNWELL;
        }
        say("Every record is in bronze once, every decision in silver once, every alert on its topic once.");
        say("");
        say("Try next:");
        say("  ./riskcluster dev --data " + local.services().folder() + "    (then, in another terminal:)");
        say("  ./riskcluster sql \"select band, count(*) from silver.transactions group by band\"");
        say("  ./riskcluster " + (exact.isEmpty() ? "table list" : "customer show " + user(exact.getLast())));
        return Exit.FINE;
    }

    private static Map<Band, Long> byBand(List<ReadAlert> alerts) {
        var bands = new EnumMap<Band, Long>(Band.class);
        alerts.forEach(alert -> bands.merge(Band.valueOf(field(alert, "band")), 1L, Long::sum));
        return bands;
    }

    private static String alertsText(Map<Band, Long> alerts) {
        if (alerts.isEmpty()) {
            return "none: under these rules no record was suspicious enough";
        }
        var parts = new ArrayList<String>();
        for (var band : List.of(Band.CRITICAL, Band.HIGH, Band.MEDIUM, Band.LOW, Band.MINIMAL)) {
            if (alerts.containsKey(band)) {
                parts.add(number(alerts.getOrDefault(band, 0L)) + " " + band);
            }
        }
        var all = alerts.values().stream().mapToLong(count -> count).sum();
        return number(all) + "  (" + String.join(", ", parts) + ")";
    }

    private Quantiles latency(List<ReadAlert> alerts) {
        var due = feeder.due();
        return new Quantiles(
                alerts.stream().flatMapToLong(alert -> latency(alert, due)).toArray());
    }

    private static LongStream latency(ReadAlert alert, DueTimes due) {
        var parts = alert.id().split("/");
        var partition = Integer.parseInt(parts[parts.length - 2]);
        var millis = due.at(partition, Long.parseLong(parts[parts.length - 1]));
        return millis.isPresent() ? LongStream.of(alert.receivedMillis() - millis.getAsLong()) : LongStream.empty();
    }

    private static String user(ReadAlert alert) {
        return field(alert, "user_id");
    }

    private static String field(ReadAlert alert, String name) {
        try {
            return JSON.readTree(alert.body()).path(name).asText();
        } catch (IOException e) {
            throw new IllegalStateException("the alert " + alert.id() + " is no JSON", e);
        }
    }

    private void row(String what, String value) {
        say(String.format(Locale.ROOT, "  %-23s %s", what, value));
    }

    private static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    private void say(String line) {
        screen.out().println(line);
    }
}
