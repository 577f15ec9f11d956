package riskcluster.style;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Every source has the one format; with {@code -Dformat=apply} this writes it instead of asking for it. */
class FormatTest {
    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());

    @Test
    void everySourceHasTheOneFormat() {
        var otherwise = Sources.all().parallelStream().filter(this::isOtherwise).toList();

        if ("apply".equals(System.getProperty("format"))) {
            otherwise.forEach(this::write);
        } else {
            assertThat(otherwise.stream().map(Sources::name))
                    .as("sources in another format; mend them with: .ci/format")
                    .isEmpty();
        }
    }

    private boolean isOtherwise(Path file) {
        var text = Sources.text(file);
        return !formatted(file, text).equals(text);
    }

    private void write(Path file) {
        try {
            Files.writeString(file, formatted(file, Sources.text(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String formatted(Path file, String text) {
        try {
            return formatter.formatSourceAndFixImports(text);
        } catch (FormatterException e) {
            throw new AssertionError(Sources.name(file) + " cannot be read as Java", e);
        }
    }
}
