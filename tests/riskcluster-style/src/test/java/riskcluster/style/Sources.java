package riskcluster.style;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's Java files, as they lie in the working tree. */
final class Sources {
    private static final Path ROOT =
            Path.of(System.getProperty("riskcluster.root", "../..")).toAbsolutePath();

    private Sources() {}

    /** All Java files under {@code src} and {@code tests}, in the order of their paths. */
    static List<Path> all() {
        return Stream.of("src", "tests")
                .flatMap(top -> javaFiles(ROOT.resolve(top)))
                .sorted()
                .toList();
    }

    /** The files of the program itself, without tests. */
    static List<Path> ofTheProgram() {
        return all().stream()
                .filter(file -> file.toString().contains("/src/main/java/"))
                .toList();
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The path as a reader of the project knows it. */
    static String name(Path file) {
        return ROOT.relativize(file).toString();
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (var found = Files.walk(folder)) {
            return found
                    .filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
