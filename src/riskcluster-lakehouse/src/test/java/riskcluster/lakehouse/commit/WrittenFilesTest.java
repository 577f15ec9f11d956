package riskcluster.lakehouse.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.lakehouse.catalog.LocalFileIO;

/** Files of one attempt of a commit, which deletes none of them. */
class WrittenFilesTest {

    @TempDir
    private Path folder;

    private final LocalFileIO store = new LocalFileIO();

    private String location(String name) {
        return "file://" + folder.resolve(name);
    }

    private String written(String name, WrittenFiles files) throws IOException {
        var location = location(name);
        try (var out = files.newOutputFile(location).create()) {
            out.write(1);
        }
        return location;
    }

    @Test
    void whatIsNotNeededAfterAllStaysAndIsRemembered() throws IOException {
        var files = new WrittenFiles(store);
        var needed = written("needed", files);
        var unneeded = written("unneeded", files);

        files.deleteFile(unneeded);

        assertThat(store.newInputFile(unneeded).exists()).isTrue();
        assertThat(files.unneeded()).containsExactly(unneeded);
        assertThat(files.begun()).containsExactly(needed, unneeded);
    }

    @Test
    void whatOthersWroteIsNotTouched() throws IOException {
        var others = written("others", new WrittenFiles(store));
        var files = new WrittenFiles(store);

        assertThatThrownBy(() -> files.deleteFile(others)).isInstanceOf(IllegalStateException.class);
        assertThat(files.unneeded()).isEmpty();
    }
}
