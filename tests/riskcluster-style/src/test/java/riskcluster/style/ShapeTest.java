package riskcluster.style;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sources stay small and are called what they are. */
class ShapeTest {
    private static final int FILE_LINES_MAX = 400;
    private static final int METHOD_LINES_MAX = 50;

    /** Words that say nothing of what a thing is, as one word of a camel-case name. */
    private static final Pattern EMPTY_WORD =
            Pattern.compile("(^|[a-z0-9])(Utils?|Helper|Manager|Impl|Abstract|Data|Info)(?![a-z])");

    private static final Pattern PACKAGE_PAGE =
            Pattern.compile("/\\*\\*.*\\bFrom: .*\\bTo: .*\\*/.*\\bpackage ", Pattern.DOTALL);

    @Test
    void noFileIsLongerThanALookThrough() {
        assertThat(Sources.all())
                .filteredOn(file -> Sources.text(file).lines().count() > FILE_LINES_MAX)
                .map(Sources::name)
                .isEmpty();
    }

    @Test
    void noMethodIsLongerThanAScreen() {
        assertThat(methods(Sources.all()))
                .filteredOn(method -> method.lines() > METHOD_LINES_MAX)
                .isEmpty();
    }

    @Test
    void noTypeHasAnEmptyWordInItsName() {
        assertThat(types(Sources.all()))
                .filteredOn(type -> EMPTY_WORD.matcher(type.name()).find())
                .isEmpty();
    }

    @Test
    void noMethodOfOursBeginsWithGet() {
        assertThat(methods(Sources.all()))
                .filteredOn(method -> method.name().matches("get[A-Z].*") && !method.overrides())
                .isEmpty();
    }

    @Test
    void everyPublicTypeSaysWhatItIs() {
        assertThat(types(Sources.ofTheProgram()))
                .filteredOn(type -> type.isPublic() && !type.isDocumented())
                .isEmpty();
    }

    @Test
    void everyPackageSaysWhatItDoesFromWhatToWhom() {
        assertThat(Sources.ofTheProgram().stream().map(Path::getParent).distinct())
                .filteredOn(folder -> !saysWhatItDoes(folder.resolve("package-info.java")))
                .map(Sources::name)
                .isEmpty();
    }

    private static boolean saysWhatItDoes(Path page) {
        return page.toFile().exists()
                && PACKAGE_PAGE.matcher(Sources.text(page)).find();
    }

    private static List<Declared.Method> methods(List<Path> files) {
        return Declared.in(files).stream()
                .flatMap(declared -> declared.methods().stream())
                .toList();
    }

    private static List<Declared.Type> types(List<Path> files) {
        return Declared.in(files).stream()
                .flatMap(declared -> declared.types().stream())
                .toList();
    }
}
