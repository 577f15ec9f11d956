package riskcluster.programs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * A Python environment of the project's own, for outside readers of its tables and topics.
 *
 * <p>It lies under {@code target} with exactly the packages that its requirements pin, and is made again only when those
 * or the Python itself have changed.
 */
public final class PythonEnvironment {
    private static final Path ROOT = Path.of(System.getProperty("riskcluster.root", "../.."))
            .toAbsolutePath()
            .normalize();
    private static final Path JUDGE = ROOT.resolve("tests/judge/requirements.txt");
    private static final Path OUTSIDERS = ROOT.resolve("tests/riskcluster-e2e/src/test/python/outsiders.txt");
    private static final Path LINTERS = ROOT.resolve("tests/riskcluster-rollout/src/test/python/linters.txt");
    private static final Path TARGET = ROOT.resolve("tests/riskcluster-programs/target");

    private final Path folder;

    private PythonEnvironment(Path folder) {
        this.folder = folder;
    }

    /** A file of the project by its path from the root. */
    public static Path project(Path file) {
        return ROOT.resolve(file);
    }

    /** The judge's environment, made first where it is missing or stale. */
    public static PythonEnvironment ready() throws IOException {
        return ready(TARGET.resolve("python"), List.of(JUDGE));
    }

    /** One with Spark, a client of Trino and one of schema registries as well, which are large. */
    public static PythonEnvironment withOutsiders() throws IOException {
        return ready(TARGET.resolve("python-outsiders"), List.of(JUDGE, OUTSIDERS));
    }

    /** One with the programs that lint files of other kinds than Java. */
    public static PythonEnvironment withLinters() throws IOException {
        return ready(TARGET.resolve("python-linters"), List.of(LINTERS));
    }

    /** A program that its packages brought. */
    public Path program(String name) {
        return folder.resolve("bin").resolve(name);
    }

    private static PythonEnvironment ready(Path folder, List<Path> requirements) throws IOException {
        var environment = new PythonEnvironment(folder);
        var wanted = fingerprint(requirements);
        var mark = folder.resolve("made-of");
        if (!Files.exists(mark) || !Files.readString(mark).equals(wanted)) {
            must(ROOT, List.of("python3", "-m", "venv", "--clear", folder.toString()));
            var install = new ArrayList<>(
                    List.of(environment.python(), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"));
            requirements.forEach(file -> install.addAll(List.of("--requirement", file.toString())));
            must(ROOT, install);
            Files.writeString(mark, wanted);
        }
        return environment;
    }

    /** Runs {@code python arguments...} in {@code tests/judge} and waits for its end. */
    public Program.Answer run(String... arguments) throws IOException {
        return Program.run(ROOT.resolve("tests/judge"), command(arguments));
    }

    /** The command {@code python arguments...}, for whoever starts it otherwise. */
    public List<String> command(String... arguments) {
        var command = new ArrayList<>(List.of(python()));
        command.addAll(List.of(arguments));
        return command;
    }

    private String python() {
        return program("python").toString();
    }

    private static String fingerprint(List<Path> requirements) throws IOException {
        var read = new StringBuilder(must(ROOT, List.of("python3", "--version")));
        for (Path file : requirements) {
            read.append(Files.readString(file));
        }
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(read.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static String must(Path folder, List<String> command) throws IOException {
        var answer = Program.run(folder, command);
        if (answer.status() != 0) {
            throw new IOException(String.join(" ", command) + " ended with " + answer.status() + ":\n" + answer.text());
        }
        return answer.text();
    }
}
