package riskcluster.lakehouse.read;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Array;
import java.sql.Blob;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** The engine's values as plain Java. */
final class SqlValues {

    private SqlValues() {}

    static @Nullable Object plain(@Nullable Object value) throws SQLException {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Boolean flag -> flag;
            case Byte number -> number.intValue();
            case Short number -> number.intValue();
            case Integer number -> number;
            case Long number -> number;
            case BigInteger number -> number;
            case Float number -> number;
            case Double number -> number;
            case BigDecimal number -> number;
            case OffsetDateTime time -> time.toInstant();
            case Timestamp time -> time.toLocalDateTime().toString();
            case LocalDate day -> day;
            case Blob bytes -> bytes.getBytes(1, Math.toIntExact(bytes.length()));
            case Array array -> list((Object[]) array.getArray());
            case DuckDBStruct struct -> map(struct.getMap());
            case Map<?, ?> map -> map(map);
            default -> value.toString();
        };
    }

    private static Object list(@Nullable Object[] elements) throws SQLException {
        var list = new ArrayList<@Nullable Object>(elements.length);
        for (Object element : elements) {
            list.add(plain(element));
        }
        return list;
    }

    private static Object map(Map<?, ?> entries) throws SQLException {
        var map = new LinkedHashMap<String, @Nullable Object>();
        for (Map.Entry<?, ?> entry : entries.entrySet()) {
            map.put(String.valueOf(entry.getKey()), plain(entry.getValue()));
        }
        return map;
    }
}
