package riskcluster.plant;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.lake.Lake;
import riskcluster.contracts.lake.PartitionWriter;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;

/** A lake that takes a decided record and writes it nowhere, once. */
final class SkippedRow implements Lake {

    private final Lake real;
    private final AtomicBoolean skipped = new AtomicBoolean();

    SkippedRow(Lake real) {
        this.real = real;
    }

    @Override
    public PartitionWriter open(Ownership owner, LogPartition source) {
        var writer = real.open(owner, source);
        // whatever else a writer is asked goes to the real one as it is
        return (PartitionWriter) Proxy.newProxyInstance(
                PartitionWriter.class.getClassLoader(),
                new Class<?>[] {PartitionWriter.class},
                (proxy, method, arguments) -> asked(writer, method, arguments == null ? new Object[0] : arguments));
    }

    private Object asked(PartitionWriter writer, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("write")) {
            arguments[0] = without(
                    ((List<?>) arguments[0]).stream().map(Judged.class::cast).toList());
        }
        try {
            return method.invoke(writer, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private List<Judged> without(List<Judged> records) {
        var rest = new ArrayList<>(records);
        for (var judged : records) {
            if (judged.outcome() instanceof Outcome.Decided && skipped.compareAndSet(false, true)) {
                rest.remove(judged);
            }
        }
        return rest;
    }
}
