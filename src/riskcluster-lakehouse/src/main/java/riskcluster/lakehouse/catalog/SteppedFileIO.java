package riskcluster.lakehouse.catalog;

import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.FileInfo;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.io.PositionOutputStream;
import org.apache.iceberg.io.SupportsPrefixOperations;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;

/**
 * A warehouse's files, of which it is heard when a data file is half written and when a metadata file is closed; in place
 * only where somebody listens.
 */
final class SteppedFileIO implements SupportsPrefixOperations {

    private static final String COMMITTER = "committer";

    /** {@code transactions-3-e12-...parquet}, as the writer of a partition names its files. */
    private static final Pattern OF_PARTITION = Pattern.compile("(.+)-(\\d+)-e\\d+-.*\\.parquet");

    /** More than the four bytes that every Parquet file begins with, less than any has. */
    private static final long HALF_BYTES = 64;

    private final FileIO files;
    private final Steps steps;

    SteppedFileIO(FileIO files, Steps steps) {
        this.files = files;
        this.steps = steps;
    }

    @Override
    public InputFile newInputFile(String location) {
        return files.newInputFile(location);
    }

    @Override
    public void deleteFile(String location) {
        files.deleteFile(location);
    }

    @Override
    public Iterable<FileInfo> listPrefix(String prefix) {
        return listing().listPrefix(prefix);
    }

    @Override
    public void deletePrefix(String prefix) {
        listing().deletePrefix(prefix);
    }

    private SupportsPrefixOperations listing() {
        if (files instanceof SupportsPrefixOperations listing) {
            return listing;
        }
        throw new UnsupportedOperationException("the warehouse's store does not list its files");
    }

    @Override
    public void close() {
        files.close();
    }

    @Override
    public OutputFile newOutputFile(String location) {
        OutputFile file = files.newOutputFile(location);
        var name = OF_PARTITION.matcher(location.substring(location.lastIndexOf('/') + 1));
        if (name.matches()) {
            var source = new LogPartition(name.group(1), Integer.parseInt(name.group(2)));
            return new Told(file, HALF_BYTES, () -> steps.reached(source.toString(), Step.FILE_HALF_WRITTEN), () -> {});
        }
        return new Told(file, Long.MAX_VALUE, () -> {}, () -> steps.reached(COMMITTER, Step.METADATA_FILE_WRITTEN));
    }

    private record Told(OutputFile file, long halfBytes, Runnable half, Runnable closed) implements OutputFile {

        @Override
        public PositionOutputStream create() {
            return new ToldStream(file.create(), halfBytes, half, closed);
        }

        @Override
        public PositionOutputStream createOrOverwrite() {
            return new ToldStream(file.createOrOverwrite(), halfBytes, half, closed);
        }

        @Override
        public String location() {
            return file.location();
        }

        @Override
        public InputFile toInputFile() {
            return file.toInputFile();
        }
    }

    private static final class ToldStream extends PositionOutputStream {

        private final PositionOutputStream out;
        private final Runnable half;
        private final Runnable closed;
        private long bytesToHalf;
        private boolean isClosed;

        ToldStream(PositionOutputStream out, long halfBytes, Runnable half, Runnable closed) {
            this.out = out;
            this.bytesToHalf = halfBytes;
            this.half = half;
            this.closed = closed;
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count(1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count(length);
        }

        private void count(long written) throws IOException {
            if (bytesToHalf > 0) {
                bytesToHalf -= written;
                if (bytesToHalf <= 0) {
                    out.flush();
                    half.run();
                }
            }
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() throws IOException {
            out.close();
            if (!isClosed) {
                isClosed = true;
                closed.run();
            }
        }
    }
}
