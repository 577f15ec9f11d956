package riskcluster.actors.partition;

import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;
import riskcluster.actors.anomaly.Beside;
import riskcluster.actors.anomaly.Remembered;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.PartitionLedger;
import riskcluster.contracts.ledger.ProfileCut;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.contracts.log.LogPartition;

/** The profiles of a partition at rest. Every call blocks. */
final class Profiles {

    private final PartitionLedger ledger;
    private final LogPartition source;
    private final Ownership owner;

    Profiles(PartitionLedger ledger, LogPartition source, Ownership owner) {
        this.ledger = ledger;
        this.source = source;
        this.owner = owner;
    }

    /**
     * The saved profiles of these customers; who was never saved is missing.
     *
     * @param cursor the profile cursor: a profile that holds an event at or past it would count that event twice
     */
    Map<String, Remembered> load(List<String> customers, long cursor) {
        var loaded = new HashMap<String, Remembered>();
        for (var stored : ledger.profiles(source, customers)) {
            if (stored.lastOffset() >= cursor) {
                throw new IllegalStateException("a profile of " + source + " holds the event at " + stored.lastOffset()
                        + ", the profile cursor stands at " + cursor);
            }
            loaded.put(stored.userId(), Remembered.decode(stored.content()));
        }
        return loaded;
    }

    /** Saves a cut; encodes here, away from the customers: profiles are immutable. */
    Answer save(Effect.Save save) {
        return ledger.save(
                owner,
                new ProfileCut(
                        source,
                        save.from(),
                        save.to(),
                        save.leaderEpoch(),
                        save.state().encode(),
                        new Encoded(save.changed(), save.besides())));
    }

    /** A profile is encoded when the ledger comes to it: of all at once a collector would have much to copy. */
    private static final class Encoded extends AbstractList<StoredProfile> implements RandomAccess {

        private final List<Changed.One> changed;
        private final Map<String, Beside> besides;

        Encoded(List<Changed.One> changed, Map<String, Beside> besides) {
            this.changed = changed;
            this.besides = besides;
        }

        @Override
        public StoredProfile get(int index) {
            var one = changed.get(index);
            var beside = besides.getOrDefault(one.userId(), Beside.NOTHING);
            var content = new Remembered(one.profile(), beside).encode();
            return new StoredProfile(one.userId(), one.profile().lastOffset(), content);
        }

        @Override
        public int size() {
            return changed.size();
        }
    }
}
