package riskcluster.contracts.decision;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A customer as he is from an instant on, until his next version: an output of the record that changed him.
 *
 * @param key made of pseudonym and instant, see {@link riskcluster.contracts.table.StarKeys#ofVersion}
 * @param number from 1
 * @param validFromMicros first instant, microseconds since 1970 UTC; 0 for the first version
 * @param homeCountry ISO 3166 alpha-2
 * @param formerKey where it is the first under a new pseudonym, of the last one under the pseudonym before
 */
public record CustomerVersion(
        long key,
        String customerKey,
        int number,
        long validFromMicros,
        @Nullable String homeCountry,
        Band worstBand,
        OptionalLong formerKey) {}
