package riskcluster.lakehouse.gold;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses the pages of all files with one zstd context. Parquet's own factory would read Hadoop's configuration and
 * make contexts anew for each of many small files, which took longer than their rows.
 */
final class Compressor implements BytesInputCompressor {

    private static final int LEVEL = 1;

    private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

    @Override
    public BytesInput compress(BytesInput page) throws IOException {
        var plain = new ByteArrayOutputStream(Math.toIntExact(page.size()));
        page.writeAllTo(plain);
        var target = new byte[Math.toIntExact(Zstd.compressBound(plain.size()))];
        int length = context.compressByteArray(target, 0, target.length, plain.toByteArray(), 0, plain.size());
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
}
