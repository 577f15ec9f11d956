package riskcluster.lakehouse.column;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import org.apache.parquet.bytes.BytesInput;

/**
 * Compresses a writer's pages with zstd. One context and two buffers serve all files of a writer, which is used by one
 * thread at a time; Parquet's own factory would go through Hadoop's configuration for each file.
 */
public final class ZstdPages implements AutoCloseable {

    /** Level 3 was measured: a fifth more time for the whole row, and no smaller files. */
    private static final int LEVEL = 1;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private final PageBytes page = new PageBytes();
    private byte[] target = new byte[0];

    /** A buffer for the page that is made now. */
    PageBytes page() {
        return page;
    }

    /** The compressed page, good until the next call. */
    BytesInput compress(PageBytes plain) {
        int bound = Math.toIntExact(Zstd.compressBound(plain.size()));
        if (target.length < bound) {
            target = new byte[bound];
        }
        int length = context.compressByteArray(target, 0, target.length, plain.array(), 0, plain.size());
        return BytesInput.from(target, 0, length);
    }

    @Override
    public void close() {
        context.close();
    }
}
