package riskcluster.programs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A program of others that is written in Go.
 *
 * @param module what {@code go install} is told, with the version: {@code example.com/name/cmd/program@v1.0.0}
 */
public record GoProgram(String module) {

    private static final Path BUILT = PythonEnvironment.project(Path.of("tests/riskcluster-programs/target/go"));

    /** Whether this machine has a Go to build it with. */
    public static boolean canBeBuilt() {
        return Program.find("go").isPresent();
    }

    /** The program, built first where it is missing; a minute or two, most of it for what it needs itself. */
    public Path built() throws IOException {
        var folder = BUILT.resolve(module.replace('/', '_'));
        var program = folder.resolve(name());
        if (!Files.isExecutable(program)) {
            Files.createDirectories(folder);
            var answer = Program.run(folder, List.of("env", "GOBIN=" + folder, "go", "install", module));
            if (answer.status() != 0) {
                throw new IOException(
                        "go install " + module + " ended with " + answer.status() + ":\n" + answer.text());
            }
        }
        return program;
    }

    /** The last word of its path; a major version at the end is not counted. */
    private String name() {
        var words = module.substring(0, module.indexOf('@')).split("/");
        var last = words[words.length - 1];
        return last.matches("v[0-9]+") ? words[words.length - 2] : last;
    }
}
