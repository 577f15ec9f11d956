package riskcluster.lakehouse.gold;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** English names of countries: a list of our own, since one that came with the JDK would change with it. */
final class CountryNames {

    private static final Map<String, String> NAMES = read();

    private CountryNames() {}

    /** The name for a code of ISO 3166 alpha-2. */
    static Optional<String> of(String code) {
        return Optional.ofNullable(NAMES.get(code));
    }

    private static Map<String, String> read() {
        var file = Objects.requireNonNull(CountryNames.class.getResourceAsStream("countries.tsv"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .map(line -> line.split("\t", 2))
                    .collect(Collectors.toUnmodifiableMap(parts -> parts[0], parts -> parts[1]));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the names of countries", failure);
        }
    }
}
