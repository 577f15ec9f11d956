package riskcluster.node.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import riskcluster.actors.partition.PolicyTimeline;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.contracts.ledger.StoredPolicy;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.correct.NewDecisions;
import riskcluster.lakehouse.ledger.CorrectionTable;
import riskcluster.lakehouse.ledger.PlacedPolicies;
import riskcluster.lakehouse.ledger.StoredCorrection;
import riskcluster.lakehouse.ledger.StoredCorrection.State;
import riskcluster.lakehouse.ledger.Transactions;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.replay.Compared;
import riskcluster.lakehouse.replay.Comparison;
import riskcluster.lakehouse.replay.OffsetRanges;
import riskcluster.node.Rules;
import riskcluster.node.view.CorrectionView;
import riskcluster.node.view.CorrectionView.AlertChange;
import riskcluster.node.view.Views;

/** One correction as it is asked for: decided here, beside whatever runs, and published by the cluster's maintenance. */
public final class CorrectionRun {

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final int ALERTS_SHOWN_MAX = 20;
    private static final int PREFIX_MIN = 6;

    private final OpenLake lake;
    private final int threads;
    private final OffsetRanges range;
    private final PinnedBatch batch;
    private final Optional<Policy> policy;

    private CorrectionRun(OpenLake lake, int threads, OffsetRanges range, PinnedBatch batch, Optional<Policy> policy) {
        this.lake = lake;
        this.threads = threads;
        this.range = range;
        this.batch = batch;
        this.policy = policy;
    }

    /** By what a range is to be decided again: a rule file or the name of bundled rules, a known version, or neither. */
    public record By(Optional<String> rules, Optional<String> version) {
        public By {
            if (rules.isPresent() && version.isPresent()) {
                throw new IllegalArgumentException("give --rules or --policy, not both");
            }
        }
    }

    /** What it would publish, and how that differs from what stands. */
    public static final class Decided {

        private final CorrectionRun run;
        private final NewDecisions decisions;
        private final Compared compared;
        private final int changed;
        private final int otherBand;
        private final List<AlertChange> alerts;
        private final long millis;

        private Decided(CorrectionRun run, Gathering gathering, Compared compared, long millis) {
            this.run = run;
            this.decisions = gathering.decisions();
            this.compared = compared;
            this.changed = gathering.changed();
            this.otherBand = gathering.otherBand();
            this.alerts = gathering.alerts();
            this.millis = millis;
        }

        /** Whether there is anything to publish. */
        public boolean isAny() {
            return changed > 0;
        }

        /** Every decision whose alert, sent or not, is not what it would be now: one in JSON a line. */
        public void writeAlerts(Path file) throws IOException {
            Files.write(
                    file,
                    alerts.stream()
                            .map(one -> new String(Views.json(one), StandardCharsets.UTF_8))
                            .toList());
        }

        /** Asks maintenance to publish it; gives the correction's number. */
        public long request() {
            return run.request(decisions);
        }

        /** @param state what became of it */
        public CorrectionView view(String state) {
            return new CorrectionView(
                    state,
                    run.policy.map(Policy::version).orElse(null),
                    compared.batch(),
                    ReplayRun.ranges(run.range),
                    compared.records(),
                    compared.decided(),
                    changed,
                    otherBand,
                    count(AlertChanges.TAKEN_BACK),
                    count(AlertChanges.OTHERWISE),
                    count(AlertChanges.NOT_SENT),
                    alerts.stream().limit(ALERTS_SHOWN_MAX).toList(),
                    millis);
        }

        private long count(String what) {
            return alerts.stream().filter(one -> one.alert().equals(what)).count();
        }
    }

    /** @throws IllegalArgumentException where it cannot be, with what is allowed */
    static CorrectionRun of(OpenLake lake, Optional<Bound> from, Optional<Bound> to, int threads, By by) {
        var transactions = new Transactions(lake.database());
        if (!transactions.atOneMoment("look for the table of corrections", CorrectionTable::exists)) {
            throw new IllegalArgumentException(
                    "only older programs have worked on this lake; start a node of this version first");
        }
        var batch = PinnedBatch.newest(lake.database(), lake.catalog());
        var range = new Limits(lake, batch, threads).range(from, to);
        return new CorrectionRun(lake, threads, range, batch, policy(lake, range, by));
    }

    private static Optional<Policy> policy(OpenLake lake, OffsetRanges range, By by) {
        return by.rules()
                .map(rules -> ofTheTime(lake, range, Rules.read(rules)))
                .or(() -> by.version().map(version -> known(lake, version)));
    }

    /** Rules as a node would have them in force: what says how records are read is part of the version. */
    private static Policy ofTheTime(OpenLake lake, OffsetRanges range, Policy rules) {
        var placed = PlacedPolicies.read(lake.database());
        var policies = new TreeMap<String, Policy>();
        placed.policies().forEach((version, stored) -> policies.put(version, Corrections.policy(stored)));
        var last = range.byPartition().entrySet().stream()
                .filter(one -> placed.switches().containsKey(one.getKey()))
                .min(Comparator.comparing(one -> one.getKey().partition()));
        if (last.isEmpty()) {
            return rules;
        }
        var switches = placed.switches().getOrDefault(last.get().getKey(), List.of());
        var then = new PolicyTimeline(switches, policies)
                .at(Math.max(0, last.get().getValue().to() - 1));
        return rules.withSchemaRegistry(then.schemaRegistry()).withExtraFields(then.extraFields());
    }

    private static Policy known(OpenLake lake, String version) {
        var known = new TreeMap<String, StoredPolicy>(
                PlacedPolicies.read(lake.database()).policies());
        asked(lake).forEach(one -> one.policy().ifPresent(policy -> known.put(policy.version(), policy)));
        var found = known.values().stream()
                .filter(one -> version.length() >= PREFIX_MIN && one.version().startsWith(version))
                .toList();
        if (found.size() != 1) {
            throw new IllegalArgumentException((found.isEmpty() ? "no policy has" : "several policies have")
                    + " the version " + version + "; allowed: at least " + PREFIX_MIN + " letters of one of "
                    + known.keySet());
        }
        return switch (Policy.of(found.getFirst())) {
            case PolicyReading.Ready(var policy) -> policy;
            case PolicyReading.Refused refused -> throw new IllegalArgumentException(refused.message());
        };
    }

    Decided decide(Comparison.Watcher watcher) {
        long began = System.nanoTime();
        var spans = new ArrayList<StoredCorrection.Span>();
        range.byPartition()
                .forEach((source, one) -> spans.add(new StoredCorrection.Span(source, one.from(), one.to())));
        var corrections = Corrections.published(batch).with(new Corrections.Correction(spans, policy));
        var gathering = new Gathering(Replay.partitions(lake, range, corrections), range);
        var compared = Comparison.run(batch, range, gathering.deciders(), threads, watcher, gathering::hear);
        gathering.beyond().ifPresent(one -> {
            throw new IllegalStateException("record " + one.source() + "/" + one.offset() + " differs in "
                    + one.column() + " of " + one.table() + ": " + one.stands() + " stands there, " + one.replayed()
                    + " is what it came to; a correction mends decisions and nothing else, so nothing was changed");
        });
        return new Decided(this, gathering, compared, (System.nanoTime() - began) / NANOS_PER_MILLI);
    }

    private long request(NewDecisions decisions) {
        var spans = range.byPartition().entrySet().stream()
                .filter(one -> one.getValue().to() > one.getValue().from())
                .map(one -> new StoredCorrection.Span(
                        one.getKey(), one.getValue().from(), one.getValue().to()))
                .toList();
        return new Transactions(lake.database())
                .run(
                        "ask for a correction",
                        connection -> CorrectionTable.request(
                                connection,
                                UUID.randomUUID(),
                                policy.map(Policy::stored),
                                spans,
                                decisions.portions()));
    }

    /** Every correction that was asked for, the oldest first. */
    public static List<CorrectionView.Asked> corrections(OpenLake lake) {
        return asked(lake).stream().map(CorrectionRun::view).toList();
    }

    /** Whether one waits for maintenance. */
    public static boolean isWaiting(OpenLake lake) {
        return asked(lake).stream().anyMatch(one -> one.state() == State.WAITING);
    }

    private static List<StoredCorrection> asked(OpenLake lake) {
        return new Transactions(lake.database())
                .atOneMoment(
                        "read corrections",
                        connection -> CorrectionTable.exists(connection)
                                ? CorrectionTable.all(connection)
                                : List.<StoredCorrection>of());
    }

    private static CorrectionView.Asked view(StoredCorrection one) {
        return new CorrectionView.Asked(
                one.number(),
                one.state().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                one.policy().map(StoredPolicy::version).orElse(null),
                String.join(" ", one.spans().stream().map(CorrectionRun::text).toList()),
                one.requestedAt().toString(),
                one.batch(),
                one.changed(),
                one.why());
    }

    private static String text(StoredCorrection.Span span) {
        LogPartition source = span.source();
        return source.topic() + "/" + source.partition() + ":" + span.from() + "-" + span.to();
    }
}
