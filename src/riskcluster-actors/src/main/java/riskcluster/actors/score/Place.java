package riskcluster.actors.score;

import org.jspecify.annotations.Nullable;
import riskcluster.actors.policy.Policy;

/**
 * Where a transaction took place.
 *
 * @param city what stands before the last comma of the location, trimmed; all of it where there is no comma
 * @param country ISO 3166 alpha-2 of what stands after it, where the policy knows it
 */
record Place(@Nullable String city, @Nullable String country) {
    private static final Place UNKNOWN = new Place(null, null);

    static Place of(@Nullable String location, Policy policy) {
        if (location == null) {
            return UNKNOWN;
        }
        int comma = location.lastIndexOf(',');
        if (comma < 0) {
            return new Place(location.strip(), null);
        }
        var country = location.substring(comma + 1).strip();
        return new Place(location.substring(0, comma).strip(), policy.country(country));
    }
}
