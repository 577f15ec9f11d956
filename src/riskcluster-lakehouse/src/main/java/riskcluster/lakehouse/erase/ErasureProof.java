package riskcluster.lakehouse.erase;

import java.util.List;

/**
 * What a search for a customer found, over all files.
 *
 * @param tables each with what was searched
 * @param found where something of him is; none is the proof
 * @param profiles whether a partition has a profile of him at rest
 */
public record ErasureProof(List<Searched> tables, List<Found> found, boolean profiles) {

    /**
     * How much of a table was searched.
     *
     * @param snapshots that can be read by time travel
     * @param refs names of tags and branches
     * @param reachable files that those snapshots and the metadata name
     * @param present files in the table's folder, reachable or not
     * @param bytes of all
     */
    public record Searched(String table, int snapshots, List<String> refs, int reachable, int present, long bytes) {
        public Searched {
            refs = List.copyOf(refs);
        }
    }

    /** A file that tells of him. */
    public record Found(String table, String path, boolean reachable, String where) {}

    public ErasureProof {
        tables = List.copyOf(tables);
        found = List.copyOf(found);
    }

    /** Whether nothing of him was found. */
    public boolean isClean() {
        return found.isEmpty() && !profiles;
    }
}
