package riskcluster.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.io.FileUtils;
import riskcluster.programs.Program;
import riskcluster.programs.PythonEnvironment;

/**
 * The program as an earlier commit of this repository has it, built from the history into {@code target}, once.
 *
 * @param classPath of its node
 * @param keys the page with every key of its configuration
 */
record PreviousBuild(String classPath, String keys) {

    private static final Path ROOT = PythonEnvironment.project(Path.of(""));
    private static final Path FOLDER = ROOT.resolve("tests/riskcluster-e2e/target/previous");
    private static final Path COMMIT = ROOT.resolve("tests/riskcluster-e2e/src/test/resources/previous.commit");

    /** The build of the commit that {@code previous.commit} names; made first where it is missing. */
    static PreviousBuild ready() throws IOException {
        var commit = Files.readString(COMMIT).strip();
        var tree = FOLDER.resolve(commit);
        if (!Files.exists(FOLDER.resolve(commit + ".built"))) {
            FileUtils.deleteDirectory(FOLDER.toFile());
            unpack(commit, Files.createDirectories(tree));
            must(
                    tree,
                    "its own launcher cannot build it",
                    List.of(tree.resolve("riskcluster").toString(), "--version"));
            Files.createFile(FOLDER.resolve(commit + ".built"));
        }
        return new PreviousBuild(
                Files.readString(tree.resolve("src/riskcluster-node/target/launcher/classpath")),
                Files.readString(tree.resolve("docs/configuration.md")));
    }

    private static void unpack(String commit, Path tree) throws IOException {
        var packed = FOLDER.resolve("tree.tar");
        must(
                ROOT,
                "the history does not have it: the upgrade is tested in a clone with the whole history"
                        + " (git fetch --unshallow)",
                List.of("git", "archive", "--format=tar", "--output=" + packed, commit));
        must(tree, "it cannot be unpacked", List.of("tar", "-xf", packed.toString()));
        Files.delete(packed);
    }

    private static void must(Path folder, String otherwise, List<String> command) throws IOException {
        var answer = Program.run(folder, command);
        if (answer.status() != 0) {
            throw new IllegalStateException("the build before this one: " + otherwise + "\n" + String.join(" ", command)
                    + " ended with " + answer.status() + ":\n" + answer.text());
        }
    }

    /** Whether it knows a key of the configuration. */
    boolean knows(String key) {
        return keys.contains("| `" + key + "` |");
    }
}
