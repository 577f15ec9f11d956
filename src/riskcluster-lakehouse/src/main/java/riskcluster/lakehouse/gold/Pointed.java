package riskcluster.lakehouse.gold;

import java.util.EnumMap;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import riskcluster.contracts.table.StarKeys;

/** The members of the dimensions to which a batch's facts point, by their keys; days have no text beside their key. */
final class Pointed {

    private final StarKeys keys = new StarKeys();
    private final EnumMap<Dimension, SortedMap<Long, Optional<String>>> members = new EnumMap<>(Dimension.class);

    Pointed() {
        for (Dimension dimension : Dimension.values()) {
            members.put(dimension, new TreeMap<>());
        }
    }

    /** A fact points to the member of this text, or of none. */
    void add(Dimension dimension, @Nullable String text) {
        of(dimension).putIfAbsent(keys.of(text), Optional.ofNullable(text));
    }

    /** A fact points to this day, counted since 1970. */
    void addDay(int day) {
        of(Dimension.DATE).put((long) StarKeys.ofDay(day), Optional.empty());
    }

    SortedMap<Long, Optional<String>> of(Dimension dimension) {
        return Objects.requireNonNull(members.get(dimension));
    }
}
