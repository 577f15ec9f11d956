/**
 * The pure core: a customer's profile and one transaction in, the next profile and a decision out.
 *
 * <p>From: decode, and the policy in force.
 *
 * <p>To: the customer, who keeps the profile; the alert topic and the lake, which take the decision.
 */
@NullMarked
package riskcluster.actors.score;

import org.jspecify.annotations.NullMarked;
