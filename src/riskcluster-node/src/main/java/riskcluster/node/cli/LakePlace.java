package riskcluster.node.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import riskcluster.node.NodeConfig;
import riskcluster.node.config.ConfigFile;
import riskcluster.node.replay.OpenLake;
import riskcluster.node.terminal.NodeAddress;

/** Which lake a command works on beside whatever runs there. */
final class LakePlace {

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder of a dev or demo. Default: .riskcluster/dev if there is one, else" + " .riskcluster/demo.")
    private @Nullable Path data;

    @Option(names = "--config", paramLabel = "FILE", description = "Configuration of a production node instead.")
    private @Nullable Path config;

    /** Opens it; the caller closes it. */
    OpenLake open() throws IOException {
        var production = production();
        if (production.isPresent()) {
            return OpenLake.of(production.get());
        }
        return OpenLake.of(data == null ? usual() : data);
    }

    /** The production node's configuration, where one was given. */
    Optional<NodeConfig> production() throws IOException {
        var file = config;
        if (file == null) {
            return Optional.empty();
        }
        if (data != null) {
            throw new IllegalArgumentException("give --data or --config, not both");
        }
        return Optional.of(ConfigFile.read(file, System.getenv()).node());
    }

    private static Path usual() {
        var dev = NodeAddress.home().resolve("dev");
        return Files.isDirectory(dev.resolve("warehouse"))
                ? dev
                : NodeAddress.home().resolve("demo");
    }
}
