package riskcluster.lakehouse.quality;

import java.math.BigDecimal;
import java.util.Optional;

/** The limits that a table's contract sets to a column of numbers, both included. */
public record ColumnRange(String table, String column, Optional<BigDecimal> min, Optional<BigDecimal> max) {}
