package riskcluster.benchmarks.kernel;

import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import riskcluster.actors.decode.Decoder;
import riskcluster.contracts.log.LogRecord;

/** A record's bytes to a transaction that keeps the data contract; one operation is one record. */
@State(Scope.Thread)
public class DecodeKernel {

    private static final int RECORDS = 1_000;
    private static final int CUSTOMERS = 100_000;

    private final List<LogRecord> records = new Workload(CUSTOMERS, RECORDS).records();
    private final Decoder decoder = Workload.decoder().own();

    /** JSON as the generator writes it, all fields there. */
    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void json(Blackhole sink) {
        for (var record : records) {
            sink.consume(Workload.accepted(decoder, record));
        }
    }
}
