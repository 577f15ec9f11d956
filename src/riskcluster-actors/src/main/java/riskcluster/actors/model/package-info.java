/**
 * The model: trees over the feature vector, read from the file that XGBoost writes and walked in arrays of our own.
 *
 * <p>From: a model file that a rule file names, or the content that is stored with a policy.
 *
 * <p>To: the policy, by which the scorer asks for the probability of a feature vector.
 */
@NullMarked
package riskcluster.actors.model;

import org.jspecify.annotations.NullMarked;
