package riskcluster.contracts.decision;

import java.util.Optional;

/**
 * The customer's version that is valid at a decision's event time, and the version that the decision's record began.
 *
 * @param versionKey of the one that is valid
 */
public record CustomerAt(long versionKey, Optional<CustomerVersion> begun) {}
