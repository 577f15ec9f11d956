/**
 * Programs of others that tests run: those of the machine, those that are built by Go, and Python with its packages.
 *
 * <p>From: the machine, and the registries of Go and Python.
 *
 * <p>To: tests of what crosses modules.
 */
@NullMarked
package riskcluster.programs;

import org.jspecify.annotations.NullMarked;
