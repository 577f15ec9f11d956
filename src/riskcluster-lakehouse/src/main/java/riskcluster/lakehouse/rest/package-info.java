/**
 * The catalog as Iceberg's REST interface, for engines that read; it changes nothing.
 *
 * <p>From: the tables of one batch.
 *
 * <p>To: whoever serves HTTP.
 */
@NullMarked
package riskcluster.lakehouse.rest;

import org.jspecify.annotations.NullMarked;
