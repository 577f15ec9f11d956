package riskcluster.node.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

public class NodeAddressTest {
    @TempDir
    private Path home;

    @Test
    void theOptionWinsOverTheEnvironmentOverTheRunningDev() throws IOException {
        var environment = Map.of("RISKCLUSTER_NODE", "10.0.0.1:81/");
        NodeAddress.write(home, "http://127.0.0.1:8181", "127.0.0.1:9111");

        assertThat(NodeAddress.find("https://node:8443", environment, home)).isEqualTo(URI.create("https://node:8443"));
        assertThat(NodeAddress.find(null, environment, home)).isEqualTo(URI.create("http://10.0.0.1:81"));
        assertThat(NodeAddress.find(null, Map.of(), home)).isEqualTo(URI.create("http://127.0.0.1:8181"));
    }

    @Test
    void withoutAnyTheUsualAddressIsAsked() throws IOException {
        var usual = URI.create("http://127.0.0.1:8080");
        assertThat(NodeAddress.find(null, Map.of(), home)).isEqualTo(usual);

        Files.createDirectories(home.resolve("dev"));
        Files.writeString(home.resolve("dev").resolve("node.json"), "{ half");

        assertThat(NodeAddress.find(null, Map.of(), home)).isEqualTo(usual);
    }

    @Test
    void aNodeTakesBackOnlyItsOwnAddress() throws IOException {
        NodeAddress.write(home, "http://127.0.0.1:8181", "127.0.0.1:9111");

        NodeAddress.erase(home, "http://127.0.0.1:9999");
        assertThat(NodeAddress.find(null, Map.of(), home)).isEqualTo(URI.create("http://127.0.0.1:8181"));

        NodeAddress.erase(home, "http://127.0.0.1:8181");
        assertThat(NodeAddress.find(null, Map.of(), home)).isEqualTo(URI.create("http://127.0.0.1:8080"));
    }
}
