package riskcluster.benchmarks.kernel;

import com.typesafe.config.ConfigFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import riskcluster.actors.customer.Customer;
import riskcluster.actors.customer.Round;
import riskcluster.actors.customer.Turn;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.score.IdHashes;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.log.LogRecord;
import riskcluster.contracts.transaction.Transaction;

/**
 * Events to customers and back, among 100,000 who all take memory; one operation is one event. Every event was decided
 * before, so that a customer only looks for its id: what is measured is the way.
 */
@State(Scope.Benchmark)
public class HopKernel {

    private static final int CUSTOMERS = 100_000;
    private static final String DISPATCHER = "riskcluster.customer-dispatcher";
    private static final String MAILBOX = "riskcluster.customer-mailbox";
    /** A fetch. */
    private static final int EVENTS = 1_000;

    private static final int TOGETHER = 10;
    /** Fetches that follow one another, so that a customer's memory is not in the processor's cache when he is due. */
    private static final int FETCHES = 64;

    private final Scorer scorer = Workload.scorer();
    private final Policy policy = Workload.rules();
    private final Map<String, ActorRef<Customer.Command>> customers = new HashMap<>();
    private final List<Fetch> apart = new ArrayList<>();
    private final List<Fetch> together = new ArrayList<>();
    private final Random random = new Random(1);
    private @Nullable ActorSystem<Void> system;
    private int next;

    /** Records with what they decode to. */
    private record Fetch(List<LogRecord> records, List<Transaction> transactions, IdHashes ids) {}

    @Setup
    public void start() throws InterruptedException {
        var ready = new CountDownLatch(1);
        var config = ConfigFactory.parseString("pekko { loglevel = WARNING, actor.provider = local }")
                .withFallback(ConfigFactory.parseResources("application.conf").withOnlyPath(DISPATCHER))
                .withFallback(ConfigFactory.parseResources("application.conf").withOnlyPath(MAILBOX))
                .withFallback(ConfigFactory.defaultReference());
        system = ActorSystem.create(
                Behaviors.setup(context -> {
                    var props = Customer.props(scorer);
                    for (int customer = 0; customer < CUSTOMERS; customer++) {
                        customers.put("u" + customer, Customer.spawn(context, props));
                    }
                    ready.countDown();
                    return Behaviors.empty();
                }),
                "kernel",
                config);
        ready.await();
        for (int i = 0; i < FETCHES; i++) {
            apart.add(fetch(i, EVENTS));
            together.add(fetch(FETCHES + i, EVENTS / TOGETHER));
        }
        for (int i = 0; i < FETCHES; i++) {
            judge(apart.get(i), Outcome.Decided.class);
            judge(together.get(i), Outcome.Decided.class);
        }
    }

    @TearDown
    public void stop() {
        Objects.requireNonNull(system).terminate();
    }

    private Fetch fetch(int number, int of) {
        var whose = random.ints(0, CUSTOMERS).distinct().limit(of).toArray();
        var records = new ArrayList<LogRecord>();
        var transactions = new ArrayList<Transaction>();
        for (int i = 0; i < EVENTS; i++) {
            var transaction = new Transaction(
                    "t" + number + "-" + i,
                    "u" + whose[i % of],
                    10_0000,
                    1_000_000L * i,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null);
            records.add(new LogRecord(Workload.SOURCE, i, 1_000, null, null, List.of()));
            transactions.add(transaction);
        }
        return new Fetch(records, transactions, IdHashes.of(transactions.toArray(Transaction[]::new)));
    }

    /** A message to each of 1,000 customers, with one event each. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public List<Judged> oneEventAMessage() throws InterruptedException {
        return judge(apart.get(next++ % FETCHES), Outcome.Duplicate.class);
    }

    /** A message to each of 100 customers, with ten events each. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public List<Judged> tenEventsAMessage() throws InterruptedException {
        return judge(together.get(next++ % FETCHES), Outcome.Duplicate.class);
    }

    private List<Judged> judge(Fetch fetch, Class<? extends Outcome> expected) throws InterruptedException {
        var done = new CountDownLatch(1);
        var round = new Round(
                0,
                EVENTS,
                0,
                policy,
                fetch.records(),
                fetch.transactions().toArray(Transaction[]::new),
                fetch.ids(),
                new Outcome[EVENTS],
                whole -> done.countDown());
        var seats = round.customers();
        try (var turn = Turn.begin()) {
            for (int seat = 0; seat < seats.size(); seat++) {
                Objects.requireNonNull(customers.get(seats.get(seat))).tell(new Customer.Score(round, seat));
                turn.told();
            }
        }
        done.await();
        var judged = round.judged();
        if (round.failure() != null || !expected.isInstance(judged.getLast().outcome())) {
            throw new IllegalStateException(
                    "a fetch came back as " + judged.getLast().outcome());
        }
        return judged;
    }
}
