package riskcluster.lakehouse.write;

import java.io.IOException;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * An Iceberg output file as Parquet wants to see it; always a new file, never one written over.
 *
 * <p>Parquet's closing does not close it, {@link #store} does: forcing a file to the disk, or sending it to a store, is
 * waiting, and a writer does that for many files at once.
 */
public final class ParquetOutput implements OutputFile {

    private final org.apache.iceberg.io.OutputFile file;
    private @Nullable Stream stream;

    public ParquetOutput(org.apache.iceberg.io.OutputFile file) {
        this.file = file;
    }

    /** Closes the file, which is safe in the store when this returns. */
    public void store() throws IOException {
        Stream written = stream;
        if (written != null) {
            written.out.close();
        }
    }

    public String location() {
        return file.location();
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        var fresh = new Stream(file.create());
        stream = fresh;
        return fresh;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        throw new UnsupportedOperationException("file names are never used again: " + file.location());
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    private static final class Stream extends PositionOutputStream {

        private final org.apache.iceberg.io.PositionOutputStream out;

        Stream(org.apache.iceberg.io.PositionOutputStream out) {
            this.out = out;
        }

        @Override
        public long getPos() throws IOException {
            return out.getPos();
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }

        @Override
        public void close() {
            // Left to store().
        }
    }
}
