package riskcluster.lakehouse.read;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import riskcluster.lakehouse.TestLake;

/** What the documentation asks of {@code riskcluster sql} is answered. */
class PagesSqlTest {

    private static final Path PROJECT = Path.of(System.getProperty("riskcluster.root"));
    private static final Pattern COMMAND = Pattern.compile("riskcluster sql \"(select[^\"]+)\"");

    @TempDir
    private Path folder;

    @Test
    void everyQuestionOnAPageIsAnswered() throws IOException {
        var questions = questions();
        assertThat(questions).hasSizeGreaterThan(5);
        try (var lake = new TestLake(folder);
                var sql = new BatchSql(PinnedBatch.newest(lake.database, lake.catalog))) {
            assertThat(questions)
                    .allSatisfy(question -> assertThat(sql.query(question, new RowList()))
                            .as(question)
                            .isInstanceOf(SqlAnswer.Done.class));
        }
    }

    private static List<String> questions() throws IOException {
        var pages = new ArrayList<>(List.of(PROJECT.resolve("README.md"), PROJECT.resolve("README.vi.md")));
        try (Stream<Path> docs = Files.walk(PROJECT.resolve("docs"))) {
            docs.filter(page -> page.toString().endsWith(".md")).forEach(pages::add);
        }
        return pages.stream()
                .flatMap(page -> COMMAND.matcher(text(page)).results())
                .map((MatchResult found) -> found.group(1))
                .distinct()
                .toList();
    }

    private static String text(Path page) {
        try {
            return Files.readString(page);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + page, e);
        }
    }
}
