package riskcluster.e2e;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.io.FileUtils;

/**
 * A Python environment of the project's own, for outside readers of its tables and topics.
 *
 * <p>It lies under {@code target} with exactly the packages that {@code tests/judge/requirements.txt} pins, and is made
 * again only when that file or the Python itself has changed.
 */
public final class PythonEnvironment {
    private static final Path ROOT = Path.of(System.getProperty("riskcluster.root", "../.."))
            .toAbsolutePath()
            .normalize();
    private static final Path REQUIREMENTS = ROOT.resolve("tests/judge/requirements.txt");
    private static final Path FOLDER = ROOT.resolve("tests/riskcluster-e2e/target/python");

    private PythonEnvironment() {}

    /** A file of the project by its path from the root. */
    public static Path project(Path file) {
        return ROOT.resolve(file);
    }

    /** The environment, made first where it is missing or stale. */
    public static PythonEnvironment ready() throws IOException {
        var environment = new PythonEnvironment();
        var wanted = fingerprint();
        var mark = FOLDER.resolve("made-of");
        if (!Files.exists(mark) || !Files.readString(mark).equals(wanted)) {
            FileUtils.deleteDirectory(FOLDER.toFile());
            must(ROOT, List.of("python3", "-m", "venv", FOLDER.toString()));
            must(
                    ROOT,
                    List.of(
                            python(),
                            "-m",
                            "pip",
                            "install",
                            "--quiet",
                            "--disable-pip-version-check",
                            "--requirement",
                            REQUIREMENTS.toString()));
            Files.writeString(mark, wanted);
        }
        return environment;
    }

    /** Runs {@code python arguments...} in {@code tests} and waits for its end. */
    public Program.Answer run(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(python()));
        command.addAll(List.of(arguments));
        return Program.run(ROOT.resolve("tests/judge"), command);
    }

    private static String python() {
        return FOLDER.resolve("bin/python").toString();
    }

    private static String fingerprint() throws IOException {
        var version = must(ROOT, List.of("python3", "--version"));
        var read = (version + Files.readString(REQUIREMENTS)).getBytes(StandardCharsets.UTF_8);
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(read));
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
