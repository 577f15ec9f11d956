package riskcluster.node.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the documentation to the keys; {@code -Dgolden=write} writes its table anew. */
class DocumentedKeysTest {

    private static final String BEGIN = "<!-- keys -->\n";
    private static final String END = "<!-- end of keys -->";
    private static final Path PAGE = Path.of(System.getProperty("riskcluster.root"), "docs", "configuration.md");

    @Test
    void theDocumentationListsEveryKeyAsItIs() throws IOException {
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
        return "| key | default | allowed | meaning |\n| --- | --- | --- | --- |\n"
                + Keys.ALL.stream().map(DocumentedKeysTest::row).collect(Collectors.joining());
    }

    private static String row(Key<?> key) {
        var standard = key.hasStandard() ? "`" + key.standard() + "`" : key.standard();
        return "| `" + key.path() + "` | " + standard + " | " + key.allowed() + " | " + key.meaning() + " |\n";
    }
}
