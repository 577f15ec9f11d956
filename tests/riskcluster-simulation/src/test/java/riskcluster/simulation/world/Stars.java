package riskcluster.simulation.world;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import riskcluster.actors.star.Registrar;
import riskcluster.actors.star.Standing;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.log.LogRecord;

/**
 * What an undisturbed run tells of customers with each record. A worst band is of all decisions before, whatever policy
 * made them, so this is folded along a timeline and not once for every policy.
 */
final class Stars {

    private final Truth truth;
    private final Map<LogPartition, Told> told = new HashMap<>();

    private record Told(List<PolicySwitch> switches, Map<Long, Long> byOffset) {}

    Stars(Truth truth) {
        this.truth = truth;
    }

    /** What a judged record tells of its customer, as a number: two that say the same have the same. */
    static long of(Judged judged) {
        return judged.customer().toString().hashCode();
    }

    /** The same of the record there, under this timeline. */
    long at(LogPartition source, long offset, List<PolicySwitch> switches) {
        var known = told.get(source);
        if (known == null || !known.switches().equals(switches)) {
            known = new Told(List.copyOf(switches), folded(source, switches));
            told.put(source, known);
        }
        return known.byOffset().getOrDefault(offset, 0L);
    }

    private Map<Long, Long> folded(LogPartition source, List<PolicySwitch> switches) {
        var registrar = new Registrar(new AllStandings());
        var byOffset = new HashMap<Long, Long>();
        for (var fact : truth.between(source, 0, Long.MAX_VALUE, switches)) {
            var record = new LogRecord(source, fact.offset(), 0, null, null, List.of());
            var judged = new Judged(record, fact.outcome());
            byOffset.put(fact.offset(), of(registrar.follow(List.of(judged)).getFirst()));
        }
        return byOffset;
    }

    /** The standings of customers who never leave. */
    private static final class AllStandings implements Registrar.Customers {
        private final Map<String, Standing> all = new HashMap<>();

        @Override
        public Standing standing(String userId) {
            return all.getOrDefault(userId, Standing.NONE);
        }

        @Override
        public void standing(String userId, Standing standing) {
            all.put(userId, standing);
        }
    }
}
