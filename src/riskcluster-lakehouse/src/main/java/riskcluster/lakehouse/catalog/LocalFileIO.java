package riskcluster.lakehouse.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.exceptions.NotFoundException;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SeekableInputStream;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * The files of a warehouse on this machine's disk.
 *
 * <p>A closed file is on the disk, not only in memory: its bytes and its directory entry are forced out, since a
 * checkpoint that names it must survive a power cut. Iceberg's own local files go through Hadoop, which does not run on
 * this Java and forces nothing.
 */
public final class LocalFileIO implements SupportsPrefixOperations {

    @Override
    public InputFile newInputFile(String location) {
        return new LocalInput(location, Warehouse.localPath(location));
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return new LocalOutput(location, Warehouse.localPath(location));
    }

    /** Deletes the file; one that is already gone is no error, since a deletion may be repeated after a crash. */
    @Override
    public void deleteFile(String location) {
        try {
            Files.deleteIfExists(Warehouse.localPath(location));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot delete " + location, failure);
        }
    }

    /** Every file below this folder; none where there is no such folder. Files that vanish meanwhile may be missing. */
    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        Path folder = Warehouse.localPath(prefix);
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        String root = prefix.endsWith("/") ? prefix : prefix + "/";
        var files = new ArrayList<FileInfo>();
        try {
            Files.walkFileTree(folder, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    files.add(new FileInfo(
                            root + folder.relativize(file),
                            attributes.size(),
                            attributes.lastModifiedTime().toMillis()));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                    if (failure instanceof NoSuchFileException) {
                        return FileVisitResult.CONTINUE;
                    }
                    throw failure;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list " + prefix, failure);
        }
        return files;
    }

    /** Never: files go one by one, each for its reason. */
    @Override
    public void deletePrefix(String prefix) {
        throw new UnsupportedOperationException("folders are not deleted: " + prefix);
    }

    private record LocalInput(String location, Path path) implements InputFile {

        @Override
        public long getLength() {
            try {
                return Files.size(path);
            } catch (NoSuchFileException missing) {
                throw new NotFoundException(missing, "no file %s", location);
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot read the length of " + location, failure);
            }
        }

        @Override
        public SeekableInputStream newStream() {
            try {
                return new LocalInputStream(FileChannel.open(path, StandardOpenOption.READ));
            } catch (NoSuchFileException missing) {
                throw new NotFoundException(missing, "no file %s", location);
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot open " + location, failure);
            }
        }

        @Override
        public boolean exists() {
            return Files.exists(path);
        }
    }

    private record LocalOutput(String location, Path path) implements OutputFile {

        @Override
        public PositionOutputStream create() {
            return open(StandardOpenOption.CREATE_NEW);
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return open(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING);
        }

        @Override
        public InputFile toInputFile() {
            return new LocalInput(location, path);
        }

        private PositionOutputStream open(StandardOpenOption... how) {
            try {
                createDirectories(parent());
                var options = new StandardOpenOption[how.length + 1];
                System.arraycopy(how, 0, options, 0, how.length);
                options[how.length] = StandardOpenOption.WRITE;
                return new LocalOutputStream(FileChannel.open(path, options), parent());
            } catch (IOException failure) {
                throw new UncheckedIOException("cannot create " + location, failure);
            }
        }

        private Path parent() {
            Path parent = path.getParent();
            if (parent == null) {
                throw new IllegalArgumentException(location + " is no place for a file");
            }
            return parent;
        }
    }

    /** Makes what is missing of the path and forces each new entry out. */
    private static void createDirectories(Path directory) throws IOException {
        var missing = new ArrayDeque<Path>();
        Path there = directory;
        while (there != null && !Files.isDirectory(there)) {
            missing.push(there);
            there = there.getParent();
        }
        for (Path one : missing) {
            Files.createDirectories(one);
            Path parent = one.getParent();
            if (parent != null) {
                forceDirectory(parent);
            }
        }
    }

    static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
