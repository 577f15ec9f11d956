/**
 * What holds for the whole program: its module arrows, its kill tests, and what outside readers find in its tables.
 *
 * <p>From: every module, and a Python environment of its own.
 *
 * <p>To: the build.
 */
@NullMarked
package riskcluster.e2e;

import org.jspecify.annotations.NullMarked;
