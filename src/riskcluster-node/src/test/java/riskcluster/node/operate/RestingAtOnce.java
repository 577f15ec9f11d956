package riskcluster.node.operate;

import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import riskcluster.contracts.ledger.Pause;
import riskcluster.lakehouse.ledger.PauseTable;

/** Partitions that come to rest as soon as it is wished. */
final class RestingAtOnce implements Pauses {

    private static final Instant SINCE = Instant.parse("2026-03-02T14:00:00Z");

    private final Map<Integer, PauseTable.Stored> wishes = new ConcurrentHashMap<>();

    @Override
    public Map<Integer, PauseTable.Stored> all() {
        return Map.copyOf(wishes);
    }

    @Override
    public boolean pause(int partition, String by, String reason) {
        var stored = new PauseTable.Stored(new Pause(by, SINCE, reason), OptionalLong.of(120));
        return wishes.putIfAbsent(partition, stored) == null;
    }

    @Override
    public boolean resume(int partition) {
        return wishes.remove(partition) != null;
    }
}
