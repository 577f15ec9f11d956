/**
 * The rules in force: read from a file or from what is stored, refused with their place where they are wrong.
 *
 * <p>From: a rule file, or the policy that a switch names.
 *
 * <p>To: the scorer.
 */
@NullMarked
package riskcluster.actors.policy;

import org.jspecify.annotations.NullMarked;
