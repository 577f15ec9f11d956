package riskcluster.lakehouse.write;

/** Encodes the rows of one file, column by column. */
interface Rows {}
