package riskcluster.lakehouse.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.apache.iceberg.exceptions.NotFoundException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalFileIOTest {

    private final LocalFileIO io = new LocalFileIO();

    @TempDir
    private Path folder;

    @Test
    void bytesComeBackFromAnyPositionWithSeed7() throws IOException {
        var random = new Random(7);
        byte[] content = new byte[200_000];
        random.nextBytes(content);
        var file = io.newOutputFile(location("deep/er/file"));
        try (var out = file.create()) {
            int written = 0;
            while (written < content.length) {
                int count = Math.min(random.nextInt(70_000), content.length - written);
                out.write(content, written, count);
                written += count;
                assertThat(out.getPos()).isEqualTo(written);
            }
        }

        assertThat(file.toInputFile().getLength()).isEqualTo(content.length);
        try (var in = file.toInputFile().newStream()) {
            for (int i = 0; i < 500; i++) {
                int position = random.nextInt(content.length);
                byte[] part = new byte[random.nextInt(Math.min(40_000, content.length - position)) + 1];
                in.seek(position);
                assertThat(in.readNBytes(part, 0, part.length)).isEqualTo(part.length);
                assertThat(part).isEqualTo(java.util.Arrays.copyOfRange(content, position, position + part.length));
                assertThat(in.getPos()).isEqualTo(position + part.length);
            }
        }
    }

    @Test
    void aNameIsNeverWrittenTwice() throws IOException {
        var file = io.newOutputFile(location("once"));
        file.create().close();

        assertThatThrownBy(file::create).hasMessageContaining("once");
    }

    @Test
    void aMissingFileIsNotFoundAndMayBeDeleted() {
        assertThatThrownBy(() -> io.newInputFile(location("none")).newStream()).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> io.newInputFile(location("none")).getLength()).isInstanceOf(NotFoundException.class);
        io.deleteFile(location("none"));
    }

    private String location(String name) {
        return "file://" + folder.resolve(name);
    }
}
