package riskcluster.node.replay;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import riskcluster.lakehouse.read.PinnedBatch;
import riskcluster.lakehouse.replay.Compared;
import riskcluster.lakehouse.replay.Comparison;
import riskcluster.lakehouse.replay.OffsetRanges;
import riskcluster.node.demo.Progress;
import riskcluster.node.terminal.Screen;
import riskcluster.node.view.ReplayView;

/** One replay as it was asked for. */
public final class ReplayRun {

    private static final int THREADS_MAX = 64;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final Optional<Bound> from;
    private final Optional<Bound> to;
    private final int threads;
    private final Screen screen;

    private ReplayRun(Optional<Bound> from, Optional<Bound> to, int threads, Screen screen) {
        this.from = from;
        this.to = to;
        this.threads = threads;
        this.screen = screen;
    }

    /** @throws IllegalArgumentException where it cannot be, with what is allowed */
    public static ReplayRun of(Optional<String> from, Optional<String> to, Optional<Integer> threads, Screen screen) {
        int wanted = threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
        if (wanted < 1 || wanted > THREADS_MAX) {
            throw new IllegalArgumentException("--threads is " + wanted + ", allowed: 1 to " + THREADS_MAX);
        }
        return new ReplayRun(
                from.map(text -> Bound.parse("--from", text)),
                to.map(text -> Bound.parse("--to", text)),
                wanted,
                screen);
    }

    /** Replays, and on a terminal shows how far it is. */
    public ReplayView shown(OpenLake lake) {
        return watched(watcher -> run(lake, watcher));
    }

    private <T> T watched(Function<Comparison.Watcher, T> work) {
        if (!screen.terminal()) {
            return work.apply((records, all) -> {});
        }
        var progress = new Progress(screen);
        try {
            return work.apply((records, all) -> {
                if (progress.isDue()) {
                    progress.state(String.format(Locale.ROOT, "%,d of %,d records decided again", records, all));
                }
            });
        } finally {
            progress.end();
        }
    }

    /** Decides the range again by what is asked for, and on a terminal shows how far it is; publishes nothing. */
    public CorrectionRun.Decided corrected(OpenLake lake, CorrectionRun.By by) {
        var correction = CorrectionRun.of(lake, from, to, threads, by);
        return watched(correction::decide);
    }

    /** Replays without a word. */
    public ReplayView quiet(OpenLake lake) {
        return run(lake, (records, all) -> {});
    }

    private ReplayView run(OpenLake lake, Comparison.Watcher watcher) {
        long began = System.nanoTime();
        var batch = PinnedBatch.newest(lake.database(), lake.catalog());
        var range = new Limits(lake, batch, threads).range(from, to);
        var compared = Replay.compare(lake, batch, range, threads, watcher);
        return view(compared, range, (System.nanoTime() - began) / NANOS_PER_MILLI);
    }

    private static ReplayView view(Compared compared, OffsetRanges range, long millis) {
        return new ReplayView(
                compared.isEqual(),
                compared.batch(),
                ranges(range),
                compared.before(),
                compared.records(),
                compared.decided(),
                compared.duplicates(),
                compared.rejected(),
                compared.erased(),
                compared.differences(),
                compared.first().stream()
                        .map(one -> new ReplayView.Difference(
                                one.source().topic(),
                                one.source().partition(),
                                one.offset(),
                                one.table(),
                                one.column(),
                                one.stands(),
                                one.replayed()))
                        .toList(),
                compared.passes(),
                millis);
    }

    static List<ReplayView.Range> ranges(OffsetRanges range) {
        return range.byPartition().entrySet().stream()
                .map(one -> new ReplayView.Range(
                        one.getKey().topic(),
                        one.getKey().partition(),
                        one.getValue().from(),
                        one.getValue().to()))
                .sorted(Comparator.comparing(ReplayView.Range::topic).thenComparing(ReplayView.Range::partition))
                .toList();
    }
}
