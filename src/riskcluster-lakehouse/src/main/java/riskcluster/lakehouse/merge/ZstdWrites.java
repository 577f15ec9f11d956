package riskcluster.lakehouse.merge;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses a writer's pages with zstd. One context serves all files of a writer, which is used by one thread at a
 * time; Parquet's own factory would go through Hadoop's configuration for each file.
 */
final class ZstdWrites implements BytesInputCompressor {

    /** Level 3 was measured: a fifth more time for the whole row, and no smaller files. */
    private static final int LEVEL = 1;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
    private final Buffer plain = new Buffer();

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
        plain.reset();
        page.writeAllTo(plain);
        byte[] target = new byte[Math.toIntExact(Zstd.compressBound(plain.size()))];
        int length = context.compressByteArray(target, 0, target.length, plain.bytes(), 0, plain.size());
        return BytesInput.from(Arrays.copyOf(target, length));
    }

    @Override
    public CompressionCodecName getCodecName() {
        return CompressionCodecName.ZSTD;
    }

    @Override
    public void release() {
        context.close();
    }

    /** The page before compression, in memory that is used again. */
    private static final class Buffer extends ByteArrayOutputStream {

        byte[] bytes() {
            return buf;
        }
    }
}
