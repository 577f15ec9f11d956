package riskcluster.node.explain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds docs/errors.md to the errors; {@code -Dgolden=write} writes its tables anew. */
class ErrorsPageTest {

    private static final String BEGIN = "<!-- errors -->\n";
    private static final String END = "<!-- end of errors -->";
    private static final Path PAGE = Path.of(System.getProperty("riskcluster.root"), "docs", "errors.md");

    /** Numbers stand in tables, scripts and heads for ever, so this list only grows. */
    @Test
    void numbersOfFindingsNeverChange() {
        assertThat(Arrays.stream(Finding.values()).map(finding -> finding.code() + " " + finding))
                .startsWith(
                        "RC-2001 MEMBER_UNREACHABLE",
                        "RC-2002 MEMBER_NOT_UP",
                        "RC-2003 NO_LEADER",
                        "RC-2004 PARTITION_ALARM",
                        "RC-2005 PARTITION_BETWEEN_TENURES",
                        "RC-2006 PARTITIONS_SILENT",
                        "RC-2007 NO_MEMBER");
    }

    @Test
    void everyNumberStandsForOneErrorThatSaysWhatToDo() {
        assertThat(NumberedError.all())
                .extracting(NumberedError::code)
                .doesNotHaveDuplicates()
                .isSorted();
        assertThat(NumberedError.all()).allSatisfy(error -> {
            assertThat(error.meaning()).isNotBlank();
            assertThat(error.remedy()).isNotBlank();
        });
    }

    @Test
    void thePageTellsTheSameAsTheProgram() throws IOException {
        var page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);
        if ("write".equals(System.getProperty("golden"))) {
            Files.writeString(PAGE, page.substring(0, begin) + table() + page.substring(end));
            return;
        }
        assertThat(page.substring(begin, end)).isEqualTo(table());
    }

    private static String table() {
        return "| number | what it means | what to do |\n|---|---|---|\n"
                + NumberedError.all().stream()
                        .map(error -> "| %s | %s | %s |\n".formatted(error.code(), error.meaning(), error.remedy()))
                        .collect(Collectors.joining());
    }
}
