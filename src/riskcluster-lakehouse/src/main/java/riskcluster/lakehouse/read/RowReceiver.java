package riskcluster.lakehouse.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes the rows of a query as they come. */
public interface RowReceiver {

    /** Called once, before the first row. */
    void columns(List<SqlColumn> columns);

    /**
     * Called for each row. Values are String, Boolean, Integer, Long, BigInteger, Float, Double, BigDecimal, Instant,
     * LocalDate, byte[], List or Map of those, or null; what has no such form comes as text.
     */
    void row(List<@Nullable Object> values);
}
