package riskcluster.lakehouse.column;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses a writer's pages with zstd. One context and two buffers serve all files of a writer, which is used by one
 * thread at a time; Parquet's own factory would go through Hadoop's configuration for each file.
 */
public final class ZstdPages implements BytesInputCompressor, AutoCloseable {

    /** Level 3 was measured: a fifth more time for the whole row, and no smaller files. */
    private static final int LEVEL = 1;

    private static final int MEMORY_PER_USE_MAX = 4;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private final PageBytes page = new PageBytes();
    private byte[] target = new byte[0];

    /** Bytes of the largest page since the last rest. */
    private int largest;

    /** A buffer for the page that is made now. */
    PageBytes page() {
        return page;
    }

    /** The compressed page, good until the next call. */
    BytesInput compress(PageBytes plain) {
        int length = compress(plain.array(), plain.size()); // may make a larger target
        return BytesInput.from(target, 0, length);
    }

    /** A page as Parquet's own writers have it; like those of its own compressors good until the next call. */
    @Override
    public BytesInput compress(BytesInput plain) throws IOException {
        page.clear();
        plain.writeAllTo(page.asStream());
        return compress(page);
    }

    private int compress(byte[] plain, int length) {
        largest = Math.max(largest, length);
        int bound = Math.toIntExact(Zstd.compressBound(length));
        if (target.length < bound) {
            target = new byte[Math.max(bound, target.length * 2)];
        }
        return context.compressByteArray(target, 0, target.length, plain, 0, length);
    }

    /**
     * Lets the memory of pages go where those since the last call have used only a small part of it. What they did use
     * the next checkpoint needs too: grown anew from nothing for each it was a tenth of all bytes that a node asked for.
     */
    public void rest() {
        if (largest < Math.max(page.capacity(), target.length) / MEMORY_PER_USE_MAX) {
            page.free();
            target = new byte[0];
        }
        largest = 0;
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
        close();
    }

    @Override
    public void close() {
        context.close();
    }
}
