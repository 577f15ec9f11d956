package riskcluster.actors.score;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import riskcluster.actors.policy.Policy;
import riskcluster.benchmarks.kernel.Workload;

/** The windows of a customer, without rules and decision; one operation is one transaction. */
@State(Scope.Thread)
public class WindowKernel {

    private static final int RECORDS = 1_000;
    /** So that a customer has about twenty transactions. */
    private static final int CUSTOMERS = 50;

    private final Workload workload = new Workload(CUSTOMERS, RECORDS);
    private final Policy policy = Workload.rules();

    /** Looks for the id, counts and sums in the five windows, and adds the transaction. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void update(Blackhole sink) {
        var profiles = workload.newcomers();
        for (int i = 0; i < RECORDS; i++) {
            int customer = workload.customer(i);
            var profile = profiles[customer];
            var transaction = workload.transactions().get(i);
            long micros = transaction.eventTimeMicros();
            var id = IdHash.of(transaction.transactionId());
            if (profile.holds(id, micros)) {
                throw new IllegalStateException("record " + i + " is a duplicate");
            }
            sink.consume(profile.totals(micros, transaction.amountUnits()));
            boolean late = profile.isLate(micros, policy.latenessMicros());
            profiles[customer] = profile.with(id, micros, transaction.amountUnits(), late, i);
        }
        sink.consume(profiles);
    }
}
