package riskcluster.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class NodeAddressTest {
    @TempDir
    private Path home;

    private URI find() {
        var contexts = Contexts.read(home.resolve("none.json"));
        return new Target(Optional.empty(), Map.of(), contexts, home)
                .node(Optional.empty())
                .address();
    }

    @Test
    void withoutAnyTheUsualAddressIsAsked() throws IOException {
        var usual = URI.create("http://127.0.0.1:8080");
        assertThat(find()).isEqualTo(usual);

        Files.createDirectories(home.resolve("dev"));
        Files.writeString(home.resolve("dev").resolve("node.json"), "{ half");

        assertThat(find()).isEqualTo(usual);
    }

    @Test
    void aNodeTakesBackOnlyItsOwnAddress() throws IOException {
        NodeAddress.write(home, "http://127.0.0.1:8181", "127.0.0.1:9111");

        NodeAddress.erase(home, "http://127.0.0.1:9999");
        assertThat(find()).isEqualTo(URI.create("http://127.0.0.1:8181"));

        NodeAddress.erase(home, "http://127.0.0.1:8181");
        assertThat(find()).isEqualTo(URI.create("http://127.0.0.1:8080"));
    }
}
