/**
 * Pseudonyms in place of customers and devices, so that the lake tells nobody who they are.
 *
 * <p>From: the key ring that the node is given.
 *
 * <p>To: the scorer, and the partition that must recognise who was erased.
 */
@NullMarked
package riskcluster.actors.privacy;

import org.jspecify.annotations.NullMarked;
