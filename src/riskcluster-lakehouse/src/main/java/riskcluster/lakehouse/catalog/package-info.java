/**
 * Where the tables are: the catalog's rows in Postgres, the files under the warehouse, and how a table's next metadata
 * is made.
 *
 * <p>From: the table definitions of the contract.
 *
 * <p>To: the writers, the committer, the readers.
 */
@NullMarked
package riskcluster.lakehouse.catalog;

import org.jspecify.annotations.NullMarked;
