package riskcluster.lakehouse.write;

import riskcluster.lakehouse.column.Columns;

/** The columns of one file and what puts rows into them; used again for file after file. */
record Sheet<R extends Rows>(Columns columns, R rows) {}
