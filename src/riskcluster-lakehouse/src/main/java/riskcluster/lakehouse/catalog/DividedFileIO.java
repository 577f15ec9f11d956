package riskcluster.lakehouse.catalog;

import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.SupportsPrefixOperations;

/**
 * The files of a store in which one identity reads and writes, and another, which can do neither, lists and deletes. So
 * whoever writes needs no right to delete, and no deletion is ever asked for in his name.
 */
final class DividedFileIO implements SupportsPrefixOperations {

    private final FileIO written;
    private final SupportsPrefixOperations kept;

    DividedFileIO(FileIO written, SupportsPrefixOperations kept) {
        this.written = written;
        this.kept = kept;
    }

    @Override
    public InputFile newInputFile(String location) {
        return written.newInputFile(location);
    }

    @Override
    public OutputFile newOutputFile(String location) {
        return written.newOutputFile(location);
    }

    @Override
    public void deleteFile(String location) {
        kept.deleteFile(location);
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        return kept.listPrefix(prefix);
    }

    /** Never: files go one by one, each for its reason. */
    @Override
    public void deletePrefix(String prefix) {
        throw new UnsupportedOperationException("folders are not deleted: " + prefix);
    }

    @Override
    public void close() {
        try {
            written.close();
        } finally {
            kept.close();
        }
    }
}
