/**
 * Names, columns and field ids of the tables.
 *
 * <p>From: the contract.
 *
 * <p>To: the catalog, the writers, the documentation.
 */
@NullMarked
package riskcluster.contracts.table;

import org.jspecify.annotations.NullMarked;
