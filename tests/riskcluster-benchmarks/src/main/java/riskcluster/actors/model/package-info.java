/**
 * The model's trees, measured from within: as they are asked, and for many rows at once.
 *
 * <p>From: made-up forests and rows.
 *
 * <p>To: JMH, started by {@code riskcluster bench kernels}.
 */
@NullMarked
package riskcluster.actors.model;

import org.jspecify.annotations.NullMarked;
