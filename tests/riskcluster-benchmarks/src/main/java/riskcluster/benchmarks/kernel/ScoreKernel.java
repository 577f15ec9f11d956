package riskcluster.benchmarks.kernel;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Outcome;

/** Profile and transaction to the next profile and a decision; one operation is one transaction. */
@State(Scope.Thread)
public class ScoreKernel {

    private static final int RECORDS = 1_000;
    /** So that a customer has about twenty transactions. */
    private static final int CUSTOMERS = 50;

    private final Workload workload = new Workload(CUSTOMERS, RECORDS);
    private final Scorer scorer = Workload.scorer();
    private final Policy policy = Workload.rules();

    /** Seven rules, no model: all customers from their first transaction to their last. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void rules(Blackhole sink) {
        var profiles = workload.newcomers();
        for (int i = 0; i < RECORDS; i++) {
            int customer = workload.customer(i);
            var scored =
                    scorer.score(profiles[customer], workload.transactions().get(i), i, policy);
            if (!(scored.outcome() instanceof Outcome.Decided(var decision))) {
                throw new IllegalStateException("record " + i + " is not decided but " + scored.outcome());
            }
            profiles[customer] = scored.profile();
            sink.consume(decision);
        }
    }
}
