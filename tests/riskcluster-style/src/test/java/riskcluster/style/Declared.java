package riskcluster.style;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.lang.model.element.Modifier;
import javax.tools.ToolProvider;

/** What one source file declares: its types and methods, as the compiler's parser sees them. */
record Declared(List<Type> types, List<Method> methods) {
    /** A class, interface, record or enum; {@code isPublic} only where a user of the package can name it. */
    record Type(String file, String name, boolean isPublic, boolean isDocumented) {}

    /** A method or constructor; {@code lines} from its signature to its closing brace. */
    record Method(String file, String name, int lines, boolean overrides) {}

    static List<Declared> in(List<Path> files) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var task = (JavacTask) compiler.getTask(
                null,
                null,
                null,
                List.of("-proc:none"),
                null,
                compiler.getStandardFileManager(null, null, null).getJavaFileObjectsFromPaths(files));
        var found = new ArrayList<Declared>();
        try {
            for (var unit : task.parse()) {
                var scanner = new Scanner(unit, DocTrees.instance(task));
                scanner.scan(unit, null);
                found.add(scanner.declared);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }

    private static final class Scanner extends TreePathScanner<Void, Void> {
        private final Declared declared = new Declared(new ArrayList<>(), new ArrayList<>());
        private final CompilationUnitTree unit;
        private final DocTrees trees;
        private final String file;

        Scanner(CompilationUnitTree unit, DocTrees trees) {
            this.unit = unit;
            this.trees = trees;
            this.file = Sources.name(Path.of(unit.getSourceFile().toUri()));
        }

        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            var isTop = getCurrentPath().getParentPath().getLeaf() instanceof CompilationUnitTree;
            declared.types.add(new Type(
                    file,
                    type.getSimpleName().toString(),
                    isTop && type.getModifiers().getFlags().contains(Modifier.PUBLIC),
                    trees.getDocComment(getCurrentPath()) != null));
            return super.visitClass(type, nothing);
        }

        @Override
        public Void visitMethod(MethodTree method, Void nothing) {
            declared.methods.add(new Method(file, method.getName().toString(), lines(method), overrides(method)));
            return super.visitMethod(method, nothing);
        }

        private int lines(Tree tree) {
            var positions = trees.getSourcePositions();
            var numbers = unit.getLineMap();
            return (int) (numbers.getLineNumber(positions.getEndPosition(unit, tree))
                    - numbers.getLineNumber(positions.getStartPosition(unit, tree))
                    + 1);
        }

        private static boolean overrides(MethodTree method) {
            return method.getModifiers().getAnnotations().stream()
                    .anyMatch(annotation ->
                            annotation.getAnnotationType().toString().equals("Override"));
        }
    }
}
