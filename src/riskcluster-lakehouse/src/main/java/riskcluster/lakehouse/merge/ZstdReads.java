package riskcluster.lakehouse.merge;

import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Supplier;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Decompresses the pages of the files that a merge reads: zstd, which the tables are written in, and plain. One context
 * serves all files; it is used by one thread at a time and closed by {@link #close}.
 */
final class ZstdReads implements CompressionCodecFactory, AutoCloseable {

    private static final ByteBufferAllocator HEAP = new HeapByteBufferAllocator();

    private final ZstdDecompressCtx context = new ZstdDecompressCtx();
    private boolean asTheyAre;

    /** What this reads of pages stays compressed. */
    <T> T compressed(Supplier<T> reading) {
        asTheyAre = true;
        try {
            return reading.get();
        } finally {
            asTheyAre = false;
        }
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case ZSTD -> new Zstd();
            case UNCOMPRESSED -> new Plain();
            default ->
                throw new IllegalStateException("a page is compressed by " + codec + ", allowed: ZSTD, UNCOMPRESSED;"
                        + " another engine wrote the file: rewrite it there");
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("reads only");
    }

    /** Called at the end of each file; the context goes on to the next. */
    @Override
    public void release() {}

    @Override
    public void close() {
        context.close();
    }

    private final class Zstd implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput page, int plainBytes) throws IOException {
            if (asTheyAre) {
                return page;
            }
            ByteBuffer bytes = page.toByteBuffer(HEAP, buffer -> {});
            byte[] plain = new byte[plainBytes];
            context.decompressByteArray(
                    plain, 0, plainBytes, bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            return BytesInput.from(plain);
        }

        @Override
        public void decompress(ByteBuffer page, int pageBytes, ByteBuffer plain, int plainBytes) {
            throw new UnsupportedOperationException("pages are read into the heap");
        }

        @Override
        public void release() {}
    }

    private record Plain() implements BytesInputDecompressor {

        @Override
        public BytesInput decompress(BytesInput page, int plainBytes) {
            return page;
        }

        @Override
        public void decompress(ByteBuffer page, int pageBytes, ByteBuffer plain, int plainBytes) {
            throw new UnsupportedOperationException("pages are read into the heap");
        }

        @Override
        public void release() {}
    }
}
