package riskcluster.contracts.decision;

import java.util.List;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.transaction.Transaction;

/**
 * What was decided about one transaction: a pure function of the partition's log up to it and of the policy.
 *
 * @param customerKey keyed pseudonym of the customer, {@code k<version>:<hex>}
 * @param city what stands before the last comma of the location
 * @param country ISO 3166 alpha-2
 * @param count30m the customer's transactions in the 30 minutes up to this one, itself included
 * @param probability the model's, in [0, 1]; NaN where the policy has no model
 * @param features feature vector in the order of {@code featureVersion}; NaN = missing; never written to
 * @param late the event time lies more than the allowed lateness behind the customer's newest
 * @param approximate the held history was cut, so counts are lower bounds
 * @param alert the band is at or above the policy's alert band
 */
@SuppressWarnings("ArrayRecordComponent") // written once by the scorer; comparing decisions is a test's affair
public record Decision(
        Transaction transaction,
        String customerKey,
        @Nullable String deviceKey,
        @Nullable String city,
        @Nullable String country,
        int count30m,
        int points,
        Band band,
        double probability,
        List<FiredRule> firedRules,
        float[] features,
        int featureVersion,
        String policyVersion,
        boolean late,
        boolean approximate,
        boolean alert) {}
