/**
 * How the sources look: their format, their size and their names.
 *
 * <p>From: every Java file of the project.
 *
 * <p>To: the build, which stops at the first file that breaks a rule.
 */
@NullMarked
package riskcluster.style;

import org.jspecify.annotations.NullMarked;
