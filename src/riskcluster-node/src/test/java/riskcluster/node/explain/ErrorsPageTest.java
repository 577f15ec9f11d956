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
                        "RC-2007 NO_MEMBER",
                        "RC-2008 VERSIONS_DIFFER",
                        "RC-2009 NODE_SILENT",
                        "RC-2010 OPERATOR_SILENT",
                        "RC-2011 ANSWER_LATE",
                        "RC-2012 TWO_CLUSTERS",
                        "RC-2013 NOT_READY",
                        "RC-2014 QUALITY_BROKEN",
                        "RC-2015 CUSTOMERS_SPLIT",
                        "RC-2016 COMMITS_FAIL",
                        "RC-2017 CONTEXTS_UNREADABLE",
                        "RC-2018 CONTEXT_UNKNOWN",
                        "RC-2101 CONFIG_REFUSED",
                        "RC-2102 KAFKA_SILENT",
                        "RC-2103 TOPICS_DIFFER",
                        "RC-2104 POSTGRES_SILENT",
                        "RC-2105 POSTGRES_REFUSES",
                        "RC-2106 WAREHOUSE_UNUSABLE",
                        "RC-2107 RULES_REFUSED",
                        "RC-2108 SECRET_OPEN",
                        "RC-2109 KEY_UNFIT",
                        "RC-2110 CONTRACTS_REFUSED",
                        "RC-2111 CLOCK_DIFFERS",
                        "RC-2112 WRITER_DELETES",
                        "RC-2201 TOKEN_MISSING",
                        "RC-2202 TOKEN_UNKNOWN",
                        "RC-2203 ROLE_TOO_SMALL",
                        "RC-2204 TOO_MANY_REQUESTS",
                        "RC-2205 REQUEST_TOO_LARGE",
                        "RC-2206 NODE_UNTRUSTED",
                        "RC-2207 TOKEN_IN_CLEAR",
                        "RC-2301 ERASED_FOUND",
                        "RC-2401 SAVEPOINT_NAME",
                        "RC-2402 SAVEPOINT_NOT_NOW",
                        "RC-2403 SAVEPOINT_UNUSABLE",
                        "RC-2404 SAVEPOINT_NOT_ALONE");
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
