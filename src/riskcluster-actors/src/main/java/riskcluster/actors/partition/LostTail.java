package riskcluster.actors.partition;

import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import riskcluster.actors.alert.CursorNote;
import riskcluster.contracts.ledger.Cursors;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.log.LogPartition;

/** Finds that Postgres or Kafka remembers less than the other has seen of it: going on would repeat or lose something. */
final class LostTail {

    private LostTail() {}

    /**
     * What is older than what; empty where nothing is.
     *
     * @param alert the alert cursor as Kafka tells it; empty where Kafka has forgotten it, which is no loss
     * @param noted what was noted with it
     * @param rewoundEpoch notes of owners up to this epoch are of a past that was taken back; -1 where none was
     */
    static Optional<String> found(
            LogPartition source,
            Ownership owner,
            Cursors cursors,
            OptionalLong alert,
            Optional<CursorNote> noted,
            long rewoundEpoch) {
        var found = new ArrayList<String>();
        if (cursors.profile() > cursors.data()) {
            found.add("the profiles are saved up to " + cursors.profile() + ", its checkpoints only up to "
                    + cursors.data() + ": Postgres has lost its tail");
        }
        noted.ifPresent(note -> {
            if (owner.epoch() <= note.epoch()) {
                found.add("Postgres hands out epoch " + owner.epoch() + ", the partition was owned under epoch "
                        + note.epoch() + " before: Postgres has lost its tail");
            }
            if (note.epoch() > rewoundEpoch) {
                older(found, "has checkpoints up to", cursors.data(), note.data(), "had them up to");
                older(found, "has profiles up to", cursors.profile(), note.profile(), "had them up to");
            }
        });
        if (alert.isPresent() && alert.getAsLong() < cursors.alertNoted()) {
            found.add("Kafka has the alert cursor at " + alert.getAsLong() + ", a checkpoint noted it committed at "
                    + cursors.alertNoted() + ": Kafka has lost its tail");
        }
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(source + ": " + String.join("; ", found)
                        + ". Nothing is decided until a person has restored what was lost");
    }

    private static void older(ArrayList<String> found, String has, long now, long before, String had) {
        if (now < before) {
            found.add("the partition " + has + " " + now + " in Postgres and " + had + " " + before
                    + " when Kafka was told so: Postgres has lost its tail");
        }
    }
}
