package riskcluster.actors.policy;

import org.jspecify.annotations.Nullable;

/**
 * Where a transaction took place.
 *
 * @param city what stands before the last comma of the location, trimmed; all of it where there is no comma
 * @param country ISO 3166 alpha-2 of what stands after it, where the policy knows it
 */
public record Place(@Nullable String city, @Nullable String country) {
    static final Place UNKNOWN = new Place(null, null);

    static Place of(String location, Countries countries) {
        int comma = location.lastIndexOf(',');
        if (comma < 0) {
            return new Place(location.strip(), null);
        }
        var country = location.substring(comma + 1).strip();
        return new Place(location.substring(0, comma).strip(), countries.code(country));
    }
}
