package riskcluster.node.answers;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import riskcluster.lakehouse.maintain.MaintenanceRun;
import riskcluster.lakehouse.maintain.TableFitness;
import riskcluster.node.upkeep.UpkeepCalls;
import riskcluster.node.view.Reply;
import riskcluster.node.view.RunsView;
import riskcluster.node.view.UpkeepView;

/** Answers about maintenance, from its one actor in the cluster. */
final class UpkeepAnswers {

    private static final int HUNDRED_PERCENT = 100;

    private final UpkeepCalls upkeep;

    UpkeepAnswers(UpkeepCalls upkeep) {
        this.upkeep = upkeep;
    }

    CompletionStage<Reply<UpkeepView>> status() {
        return upkeep.look().thenApply(looked -> {
            String failure = looked.failure();
            return failure != null
                    ? Reply.refused(Reply.Why.UNAVAILABLE, "the tables cannot be read: " + failure)
                    : Reply.of(new UpkeepView(
                            looked.tables().stream().map(UpkeepAnswers::table).toList()));
        });
    }

    CompletionStage<Reply<RunsView>> run() {
        return upkeep.run().thenApply(done -> Reply.of(new RunsView(done.finished(), views(done.runs()))));
    }

    CompletionStage<Reply<RunsView>> history(int limit) {
        return upkeep.history(limit).thenApply(told -> Reply.of(new RunsView(true, views(told.runs()))));
    }

    private static List<RunsView.Run> views(List<MaintenanceRun> runs) {
        return runs.stream().map(UpkeepAnswers::view).toList();
    }

    private static RunsView.Run view(MaintenanceRun run) {
        return new RunsView.Run(
                run.startedAt().toString(),
                run.table(),
                run.kind(),
                run.outcome().name().toLowerCase(Locale.ROOT),
                run.before(),
                run.after(),
                run.bytes(),
                run.tookMillis(),
                run.why());
    }

    private static UpkeepView.Table table(TableFitness table) {
        return new UpkeepView.Table(
                table.table(),
                table.files(),
                table.smallFiles(),
                table.bytes(),
                table.bytes() == 0
                        ? HUNDRED_PERCENT
                        : Math.toIntExact(table.bytesInLarge() * HUNDRED_PERCENT / table.bytes()),
                table.manifests(),
                table.snapshots(),
                table.tags(),
                table.metadataBytes());
    }
}
