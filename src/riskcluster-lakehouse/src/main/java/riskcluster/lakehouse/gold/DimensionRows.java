package riskcluster.lakehouse.gold;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.StarKeys;
import riskcluster.lakehouse.column.Columns;
import riskcluster.lakehouse.column.Flags;
import riskcluster.lakehouse.column.Numbers;
import riskcluster.lakehouse.column.Texts;

/** Puts members of a dimension into the columns of a file. */
final class DimensionRows {

    /** How the row of one member is written. */
    @FunctionalInterface
    private interface Put {
        void put(long key, @Nullable String text);
    }

    private static final int SATURDAY = 6;

    private final Columns columns;
    private final Put put;

    DimensionRows(Dimension dimension, Columns columns) {
        this.columns = columns;
        this.put = switch (dimension) {
            case MERCHANT -> text("dim_merchant_key", "merchant");
            case DEVICE -> text("dim_device_key", "device_key");
            case COUNTRY -> country();
            case DATE -> date();
        };
        columns.complete();
    }

    /** Adds rows to empty columns. */
    void write(SortedMap<Long, Optional<String>> members) {
        members.forEach((key, text) -> {
            columns.beginRow();
            put.put(key, text.orElse(null));
            columns.endRow();
        });
    }

    private Put text(String keyColumn, String column) {
        Numbers keys = columns.numbers(keyColumn);
        Texts texts = columns.texts(column);
        return (key, text) -> {
            keys.add(key);
            texts.add(text);
        };
    }

    private Put country() {
        Put code = text("dim_country_key", "country");
        Texts names = columns.texts("name");
        return (key, text) -> {
            code.put(key, text);
            names.add(text == null ? null : CountryNames.of(text).orElse(null));
        };
    }

    private Put date() {
        Numbers keys = columns.numbers("dim_date_key");
        Numbers start = columns.numbers("day_start");
        Numbers year = columns.numbers("year");
        Numbers quarter = columns.numbers("quarter");
        Numbers month = columns.numbers("month");
        Numbers day = columns.numbers("day");
        Numbers dayOfWeek = columns.numbers("day_of_week");
        Numbers isoYear = columns.numbers("iso_year");
        Numbers isoWeek = columns.numbers("iso_week");
        Flags weekend = columns.flags("is_weekend");
        return (key, text) -> {
            LocalDate date = StarKeys.day(Math.toIntExact(key));
            keys.add(key);
            start.add(ChronoUnit.MICROS.between(
                    LocalDate.EPOCH.atStartOfDay(ZoneOffset.UTC), date.atStartOfDay(ZoneOffset.UTC)));
            year.add(date.getYear());
            quarter.add(date.get(IsoFields.QUARTER_OF_YEAR));
            month.add(date.getMonthValue());
            day.add(date.getDayOfMonth());
            dayOfWeek.add(date.getDayOfWeek().getValue());
            isoYear.add(date.get(IsoFields.WEEK_BASED_YEAR));
            isoWeek.add(date.get(IsoFields.WEEK_OF_WEEK_BASED_YEAR));
            weekend.add(date.getDayOfWeek().getValue() >= SATURDAY);
        };
    }
}
