package riskcluster.actors.model;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where models are read from: the JSON file that XGBoost's {@code save_model} writes, or what was stored. */
public final class ModelFile {
    private static final long BYTES_MAX = 256L << 20;

    private ModelFile() {}

    /** The model in a file, or why there is none. */
    public static ModelReading read(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > BYTES_MAX) {
                return new ModelReading.Refused(
                        0, 0, "the file has " + Files.size(file) + " bytes", BYTES_MAX + " bytes");
            }
            try (var in = new BufferedInputStream(Files.newInputStream(file))) {
                return read(in);
            }
        } catch (IOException e) {
            return new ModelReading.Refused(
                    0, 0, "the file cannot be read: " + e, "a JSON file that XGBoost's save_model wrote");
        }
    }

    /** The model whose {@link Forest#content} this is. */
    public static ModelReading stored(byte[] content) {
        try {
            return new ModelReading.Ready(ForestContent.read(content));
        } catch (ModelFault fault) {
            return fault.refused();
        }
    }

    private static ModelReading read(InputStream in) throws IOException {
        try {
            return new ModelReading.Ready(ForestContent.read(XgboostFile.contentOf(in)));
        } catch (ModelFault fault) {
            return fault.refused();
        }
    }
}
