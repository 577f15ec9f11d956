package riskcluster.node.bench;

import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import riskcluster.node.terminal.Screen;

/** {@code riskcluster rehearse}: a drain for the launcher, which has Java note what it loads and compiles meanwhile. */
@Command(
        name = "rehearse",
        description = {
            "Lets a node decide and commit made-up records for a minute or two, with Kafka and Postgres beside it, and"
                    + " keeps what Java learnt of it: which classes it needs and which methods are hot.",
            "A node, or a bench, that is started from this folder begins with that, until it is built anew. Rehearse"
                    + " where nothing else runs."
        },
        footer = {"", "Examples:", "  riskcluster rehearse", "  riskcluster rehearse --records 6000000"})
public final class RehearseCommand implements Callable<Integer> {

    private static final int PARTITIONS = 4;
    private static final int SEED = 1;

    private final Screen screen;

    @Option(names = "--records", paramLabel = "N", description = "How many. Default: ${DEFAULT-VALUE}.")
    private int records = 3_000_000;

    @Option(
            names = "--customers",
            paramLabel = "N",
            description = "Customers of the made-up bank. Default: ${DEFAULT-VALUE}.")
    private int customers = 100_000;

    /** To be told how it goes. */
    public RehearseCommand(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws Exception {
        if (records < 1 || customers < 1) {
            throw new IllegalArgumentException(
                    "--records is " + records + " and --customers is " + customers + ", allowed: 1 and more of each");
        }
        screen.out().printf(Locale.ROOT, "Rehearsing with %,d made-up records of %,d customers%n", records, customers);
        var figures = DrainRun.run(records, PARTITIONS, SEED, Gold.NONE, Setting.RULES, customers, "");
        screen.out()
                .printf(Locale.ROOT, "Decided and committed in %.0f s; %,d alerts%n", figures.value("seconds"), (long)
                        figures.value("alerts"));
        return 0;
    }
}
