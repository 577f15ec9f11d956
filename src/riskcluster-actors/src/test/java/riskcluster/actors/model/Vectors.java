package riskcluster.actors.model;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Feature vectors and predictions as {@code train.py} writes them: little-endian {@code float32}, one after the other. */
final class Vectors {
    private Vectors() {}

    static float[][] rows(Path file) throws IOException {
        var all = values(file);
        var rows = new float[all.length / FeatureVector.SIZE][FeatureVector.SIZE];
        for (int row = 0; row < rows.length; row++) {
            System.arraycopy(all, row * FeatureVector.SIZE, rows[row], 0, FeatureVector.SIZE);
        }
        return rows;
    }

    static float[] values(Path file) throws IOException {
        var bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        var values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return values;
    }
}
