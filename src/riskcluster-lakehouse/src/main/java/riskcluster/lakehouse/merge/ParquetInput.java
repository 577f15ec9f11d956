package riskcluster.lakehouse.merge;

import java.io.IOException;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.SeekableInputStream;

/** An Iceberg input file as Parquet wants to see it. */
final class ParquetInput implements InputFile {

    private final org.apache.iceberg.io.InputFile file;

    ParquetInput(org.apache.iceberg.io.InputFile file) {
        this.file = file;
    }

    @Override
    public long getLength() {
        return file.getLength();
    }

    @Override
    public SeekableInputStream newStream() {
        return new Stream(file.newStream());
    }

    /** Named in Parquet's messages. */
    @Override
    public String toString() {
        return file.location();
    }

    private static final class Stream extends DelegatingSeekableInputStream {

        private final org.apache.iceberg.io.SeekableInputStream in;

        Stream(org.apache.iceberg.io.SeekableInputStream in) {
            super(in);
            this.in = in;
        }

        @Override
        public long getPos() throws IOException {
            return in.getPos();
        }

        @Override
        public void seek(long position) throws IOException {
            in.seek(position);
        }
    }
}
