package riskcluster.lakehouse.catalog;

import java.net.URI;
import java.nio.file.Path;
import org.apache.iceberg.io.FileIO;
import riskcluster.contracts.step.Steps;
import riskcluster.contracts.table.TableDefinition;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The root under which every table's files lie, and the way to reach them.
 *
 * @param root a URI without a slash at its end
 */
public record Warehouse(String root, FileIO io) {

    private static final String LOCAL = "file://";
    private static final int FORBIDDEN = 403;

    /** The warehouse in a folder of this machine. */
    public static Warehouse local(Path folder) {
        return new Warehouse(LOCAL + folder.toAbsolutePath().normalize(), new LocalFileIO());
    }

    /** The warehouse at a {@code file:} URI, or in a bucket of Amazon's S3 by the credentials of the environment. */
    public static Warehouse at(URI root) {
        return at(root, WarehouseAccess.USUAL);
    }

    /**
     * The warehouse at a {@code file:} URI, or in a bucket, {@code s3://bucket/prefix}, which is looked for.
     *
     * @throws IllegalArgumentException where the URI names no store that is known, or no bucket that exists
     * @throws IllegalStateException where the store does not answer
     */
    public static Warehouse at(URI root, WarehouseAccess access) {
        if ("file".equals(root.getScheme())) {
            return local(Path.of(root.getPath()));
        }
        if ("s3".equals(root.getScheme()) && root.getAuthority() != null) {
            return new Warehouse(root.toString().replaceAll("/+$", ""), S3Store.open(root, access));
        }
        throw new IllegalArgumentException("warehouse " + root + ": allowed are file: and s3: URIs, for example"
                + " file:///var/lib/riskcluster/warehouse or s3://bucket/warehouse");
    }

    /**
     * Whether the store lets this identity delete, tried with a file that is not there. A bucket that keeps versions
     * remembers the attempt as a delete marker.
     *
     * @throws RuntimeException where the store gives another answer, or none
     */
    public static boolean mayDelete(URI root, WarehouseAccess access) {
        try (var files = at(root, access).io()) {
            files.deleteFile(root + "/probe/doctor");
            return true;
        } catch (S3Exception refused) {
            if (refused.statusCode() == FORBIDDEN) {
                return false;
            }
            throw refused;
        }
    }

    /** The same warehouse, whose files' steps are heard. */
    public Warehouse heardBy(Steps steps) {
        return new Warehouse(root, new SteppedFileIO(io, steps));
    }

    /** Where a table's files lie. */
    public String locationOf(TableDefinition table) {
        return root + "/" + table.namespace() + "/" + table.name();
    }

    /** Whether a location is on this machine. */
    public static boolean isLocal(String location) {
        return location.startsWith("file:");
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
