package riskcluster.actors.policy;

import org.jspecify.annotations.Nullable;
import riskcluster.contracts.transaction.Transaction;

/**
 * All that a rule may look at.
 *
 * @param country ISO 3166 alpha-2
 * @param localHour 0 to 23
 * @param localDay ISO day of week, 1 to 7
 * @param totals the customer's windows up to this transaction, itself included
 */
public record Sight(
        Transaction transaction, @Nullable String country, int localHour, int localDay, WindowTotals totals) {}
