package riskcluster.lakehouse.catalog;

import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Names of metadata files, {@code 00012-c-e7-<uuid>.metadata.json}: the version, who wrote it under which epoch, and what
 * makes it unique. Trino opens only names that are a number and then digits of hexadecimal numbers and dashes, so the
 * writers' scopes stand there as one such digit.
 */
public final class MetadataName {

    /** The scope of a table's first metadata, which belongs to no epoch: written once, and named at once or never. */
    public static final String CREATION = "create";

    private static final Map<String, String> DIGITS = Map.of("committer", "c", CREATION, "a");
    private static final Map<String, String> SCOPES =
            DIGITS.entrySet().stream().collect(Collectors.toMap(Map.Entry::getValue, Map.Entry::getKey));

    private MetadataName() {}

    /**
     * A name that was never used.
     *
     * @param owner scope and epoch, {@code committer-e12}
     */
    static String next(int version, String owner) {
        int dash = owner.indexOf('-');
        String scope = owner.substring(0, dash);
        String digits = DIGITS.getOrDefault(scope, scope) + owner.substring(dash);
        return String.format(Locale.ROOT, "%05d-%s-%s.metadata.json", version, digits, UUID.randomUUID());
    }

    /** The scope that stands in a name as this; the same where it stands there in full, as older builds had it. */
    public static String scope(String digit) {
        return SCOPES.getOrDefault(digit, digit);
    }
}
