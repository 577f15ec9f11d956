package riskcluster.node.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The right of one process to a folder; the system takes it back when the process ends, however it ends. */
public final class FolderLock implements AutoCloseable {
    /** The file that is locked. */
    public static final String NAME = ".lock";

    private final FileChannel file;

    private FolderLock(FileChannel file) {
        this.file = file;
    }

    /** @throws IllegalStateException if another process, or another service of this one, holds the folder */
    public static FolderLock of(Path folder) throws IOException {
        Files.createDirectories(folder);
        var file = FileChannel.open(folder.resolve(NAME), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (taken(file) == null) {
            file.close();
            throw new IllegalStateException(folder + " is in use by another RiskCluster; stop it or choose a folder");
        }
        return new FolderLock(file);
    }

    private static @Nullable FileLock taken(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
