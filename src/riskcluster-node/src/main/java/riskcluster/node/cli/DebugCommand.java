package riskcluster.node.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import riskcluster.node.doctor.Masked;
import riskcluster.node.terminal.CommandFailed;
import riskcluster.node.terminal.Exit;
import riskcluster.node.terminal.Screen;

/** {@code riskcluster debug}: what those need who look into a fault. */
@Command(name = "debug", description = "What those need who look into a fault.")
final class DebugCommand {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss").withZone(ZoneOffset.UTC);

    private final Screen screen;

    DebugCommand(Screen screen) {
        this.screen = screen;
    }

    @Command(
            name = "bundle",
            description = {
                "Writes one zip file with what a node tells of itself and its cluster: members, partitions, health,"
                        + " figures, tables, maintenance and actors; with --config also that file. Secrets are masked,"
                        + " and it holds no transaction and no customer.",
                "What could not be asked stands in missing.txt; status 3 if that is all of it."
            },
            footer = {
                "",
                "Examples:",
                "  riskcluster debug bundle",
                "  riskcluster debug bundle --out /tmp/fault.zip --config /etc/riskcluster/node.conf"
            })
    int bundle(
            @Mixin Connection connection,
            @Option(
                            names = "--out",
                            paramLabel = "FILE",
                            description = "Where to. Default: riskcluster-debug-TIME.zip in this folder.")
                    @Nullable
                    Path out,
            @Option(names = "--config", paramLabel = "FILE", description = "A configuration to put in, masked.")
                    @Nullable
                    Path config)
            throws IOException {
        var file = out == null ? Path.of("riskcluster-debug-" + STAMP.format(Instant.now()) + ".zip") : out;
        var parts = new LinkedHashMap<String, String>();
        var missing = new StringBuilder();
        if (config != null) {
            parts.put("node.conf", Files.readString(config));
        }
        var asked = ask(connection, missing);
        parts.putAll(asked);
        parts.put("about.txt", about());
        parts.put("missing.txt", missing.toString());
        write(file, parts);
        screen.out()
                .println(file + " holds " + parts.size() + " parts" + (missing.isEmpty() ? "" : ", some are missing:"));
        screen.out().print(missing);
        return asked.isEmpty() ? Exit.UNREACHABLE : Exit.FINE;
    }

    private static Map<String, String> ask(Connection connection, StringBuilder missing) {
        var parts = new LinkedHashMap<String, String>();
        try {
            var node = connection.open();
            for (var path : List.of(
                    "/v1/cluster", "/health/ready", "/v1/tables", "/v1/maintenance", "/v1/maintenance/history")) {
                part(parts, missing, "http" + path.replace("/v1", "") + ".json", () -> pretty(node.json(path)));
            }
            part(parts, missing, "http/metrics.txt", () -> node.text("/metrics"));
        } catch (CommandFailed failed) {
            missing.append("http: ").append(failed.getMessage()).append('\n');
        }
        try {
            var operator = connection.operator();
            for (var words : List.of(
                    List.of("cluster", "show"),
                    List.of("cluster", "health"),
                    List.of("partition", "list"),
                    List.of("cluster-sharding", "region-stats"),
                    List.of("actor", "hierarchy", "-n", "5"))) {
                var name = "operator/" + String.join("-", words.subList(0, 2)) + ".json";
                part(parts, missing, name, () -> pretty(operator.apply(words)));
            }
        } catch (CommandFailed failed) {
            missing.append("operator: ").append(failed.getMessage()).append('\n');
        }
        return parts;
    }

    private static void part(Map<String, String> parts, StringBuilder missing, String name, Supplier<String> question) {
        try {
            parts.put(name, question.get());
        } catch (CommandFailed failed) {
            missing.append(name).append(": ").append(failed.getMessage()).append('\n');
        }
    }

    private static String pretty(JsonNode answer) {
        return answer.toPrettyString() + "\n";
    }

    private static String about() throws IOException {
        return String.join("\n", new Version().getVersion()) + "\n" + System.getProperty("os.name") + " "
                + System.getProperty("os.version") + " " + System.getProperty("os.arch") + "\n" + Instant.now() + "\n";
    }

    /** For its owner alone: what is no secret is still nobody else's business. */
    private static void write(Path file, Map<String, String> parts) {
        try {
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            try (var zip = new ZipOutputStream(Files.newOutputStream(file, StandardOpenOption.WRITE))) {
                for (var part : parts.entrySet()) {
                    zip.putNextEntry(new ZipEntry(part.getKey()));
                    zip.write(Masked.of(part.getValue()).getBytes(StandardCharsets.UTF_8));
                    zip.closeEntry();
                }
            }
        } catch (java.nio.file.FileAlreadyExistsException e) {
            throw new CommandFailed(Exit.USAGE, file + " is there already; name another with --out FILE", e);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e.getMessage(), e);
        }
    }
}
