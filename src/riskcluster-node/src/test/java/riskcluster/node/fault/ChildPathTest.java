package riskcluster.node.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildPathTest {

    @Test
    void aChildIsLoadedFromJarsAloneAndWithoutTests(@TempDir Path folder) throws IOException {
        var entries = List.of(ChildPath.in(folder).toString().split(File.pathSeparator));

        assertThat(entries).allSatisfy(entry -> assertThat(Path.of(entry)).isRegularFile());
        var urls = new ArrayList<URL>();
        for (var entry : entries) {
            urls.add(Path.of(entry).toUri().toURL());
        }
        try (var loader = new URLClassLoader(urls.toArray(URL[]::new), null)) {
            assertThat(loader.getResource("riskcluster/node/fault/ChildNode.class"))
                    .isNotNull();
            assertThat(loader.getResource("application.conf")).isNotNull();
            assertThat(loader.getResource("riskcluster/node/fault/ChildPathTest.class"))
                    .isNull();
        }
    }
}
