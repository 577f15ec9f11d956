package riskcluster.lakehouse.catalog;

import java.net.URI;
import java.nio.file.Path;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.table.TableDefinition;

/**
 * The root under which every table's files lie, and the way to reach them.
 *
 * @param root a URI without a slash at its end
 */
public record Warehouse(String root, FileIO io) {

    private static final String LOCAL = "file://";

    /** The warehouse in a folder of this machine. */
    public static Warehouse local(Path folder) {
        return new Warehouse(LOCAL + folder.toAbsolutePath().normalize(), new LocalFileIO());
    }

    /** The warehouse at a {@code file:} URI. Other stores come with their own issue and are refused here. */
    public static Warehouse at(URI root) {
        if (!"file".equals(root.getScheme())) {
            throw new IllegalArgumentException("warehouse " + root + ": only file: URIs are known, for example"
                    + " file:///var/lib/riskcluster/warehouse");
        }
        return local(Path.of(root.getPath()));
    }

    /** Where a table's files lie. */
    public String locationOf(TableDefinition table) {
        return root + "/" + table.namespace() + "/" + table.name();
    }

    /** The path on this machine that a {@code file:} location means. */
    public static Path localPath(String location) {
        if (location.startsWith(LOCAL)) {
            return Path.of(location.substring(LOCAL.length()));
        }
        if (location.startsWith("file:")) {
            return Path.of(location.substring("file:".length()));
        }
        throw new IllegalArgumentException(location + " is not a local file");
    }
}
