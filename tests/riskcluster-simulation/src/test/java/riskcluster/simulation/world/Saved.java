package riskcluster.simulation.world;

import java.util.List;
import riskcluster.actors.anomaly.Beside;
import riskcluster.actors.anomaly.Remembered;
import riskcluster.actors.partition.PartitionState;
import riskcluster.actors.star.Standing;
import riskcluster.contracts.ledger.StoredProfile;
import riskcluster.simulation.fault.Fate;
import riskcluster.simulation.fault.Plant;

/** What of a partition's memory comes to rest; a plant leaves some of it out. */
final class Saved {

    private Saved() {}

    static byte[] state(Fate fate, byte[] whole) {
        return fate.planted(Plant.OPEN_WINDOWS_NOT_SAVED)
                ? new PartitionState(PartitionState.decode(whole).watermarkMicros(), List.of()).encode()
                : whole;
    }

    static StoredProfile profile(Fate fate, StoredProfile whole) {
        var known = Remembered.decode(whole.content());
        var beside = known.beside();
        var kept = new Beside(
                fate.planted(Plant.TEMPOS_NOT_SAVED) ? Beside.NOTHING.tempos() : beside.tempos(),
                fate.planted(Plant.STANDINGS_NOT_SAVED) ? Standing.NONE : beside.standing());
        return kept.equals(beside)
                ? whole
                : new StoredProfile(whole.userId(), whole.lastOffset(), new Remembered(known.profile(), kept).encode());
    }
}
