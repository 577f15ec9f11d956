/**
 * Makes points that the lake can go back to, and goes back: profiles, cursors, policies and tables in one transaction.
 *
 * <p>From: what partitions have saved and the committer has committed.
 *
 * <p>To: the ledger and the tables as they were, from where partitions go on.
 */
@NullMarked
package riskcluster.lakehouse.savepoint;

import org.jspecify.annotations.NullMarked;
