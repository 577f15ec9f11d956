package riskcluster.lakehouse.maintain;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import riskcluster.contracts.log.LogPartition;
import riskcluster.lakehouse.catalog.MetadataName;

/**
 * Who wrote a file, as its name says.
 *
 * @param scope as it stands in the epoch rows; {@link MetadataName#CREATION} for a table's first metadata
 */
record FileOwner(String scope, long epoch) {

    private static final Pattern PARTITION = Pattern.compile("(.+)-(\\d+)-e(\\d+)-[0-9a-f]{16}-\\d+\\.parquet");
    private static final Pattern SINGLETON = Pattern.compile("(?:\\d+-)?([a-z]+)-e(\\d+)-.+");

    /** Empty for a name that is none of ours: another engine's. */
    static Optional<FileOwner> of(String location) {
        String name = location.substring(location.lastIndexOf('/') + 1);
        Matcher partition = PARTITION.matcher(name);
        if (partition.matches()) {
            var source = new LogPartition(partition.group(1), Integer.parseInt(partition.group(2)));
            return Optional.of(new FileOwner(source.toString(), Long.parseLong(partition.group(3))));
        }
        Matcher singleton = SINGLETON.matcher(name);
        return singleton.matches()
                ? Optional.of(new FileOwner(MetadataName.scope(singleton.group(1)), Long.parseLong(singleton.group(2))))
                : Optional.empty();
    }
}
