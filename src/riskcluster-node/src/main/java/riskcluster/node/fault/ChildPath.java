package riskcluster.node.fault;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Collectors;

/**
 * What a child node is loaded from: the class path of this process without the classes of tests, and made of jars alone,
 * since the Java machine archives what comes from jars and starts anew for everything that comes from folders.
 */
final class ChildPath {

    private final List<Path> jars;

    private ChildPath(List<Path> jars) {
        this.jars = jars;
    }

    /** Puts the folders of this process' class path into jars in {@code folder}. */
    static ChildPath in(Path folder) throws IOException {
        Files.createDirectories(folder);
        var jars = new ArrayList<Path>();
        for (var entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            var path = Path.of(entry);
            if (Files.isDirectory(path) && !path.endsWith("test-classes")) {
                jars.add(jar(path, folder.resolve("classes-" + jars.size() + ".jar")));
            } else if (Files.isRegularFile(path)) {
                jars.add(path);
            }
        }
        return new ChildPath(List.copyOf(jars));
    }

    private static Path jar(Path classes, Path jar) throws IOException {
        try (var found = Files.walk(classes);
                var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (var file : found.filter(Files::isRegularFile).sorted().toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(file).toString().replace(File.separatorChar, '/')));
                Files.copy(file, out);
                out.closeEntry();
            }
        }
        return jar;
    }

    @Override
    public String toString() {
        return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    }
}
