package riskcluster.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.SAXException;
import riskcluster.node.bench.Figures;
import riskcluster.node.bench.Report;

class PlotTest {

    private static final Path ROOT = Path.of(System.getProperty("riskcluster.root"));

    @TempDir
    private Path folder;

    @Test
    void aReportIsDrawnBesideItsFileABarForEachFigure()
            throws IOException, InterruptedException, ParserConfigurationException, SAXException {
        var report = new Report("bench kernels <score>", Map.of());
        report.add(
                "score",
                new Figures()
                        .put("rules_ns", 900)
                        .put("rules_error_ns", 30)
                        .put("rules_bytes", 2_200)
                        .put("records", 7));
        report.add("decode", new Figures().put("json_ns", 580).put("json_bytes", Double.NaN));
        report.write(folder.resolve("kernels.json"));

        var said = plot(folder.resolve("kernels.json"));

        assertThat(said).isEqualTo(folder.resolve("kernels.svg") + System.lineSeparator());
        var drawing = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("kernels.svg").toFile());
        assertThat(drawing.getElementsByTagName("path").getLength()).isEqualTo(1);
        assertThat(drawing.getDocumentElement().getTextContent())
                .contains("bench kernels <score>", "rules_ns", "900", "rules_bytes", "2,200", "json_ns", "580")
                .doesNotContain("records", "json_bytes", "rules_error_ns");
    }

    @Test
    void everyKeptReportHasItsDrawing() throws IOException {
        try (var kept = Files.list(ROOT.resolve("docs/bench"))) {
            assertThat(kept.filter(file -> file.toString().endsWith(".json")))
                    .isNotEmpty()
                    .allMatch(file -> Files.exists(Path.of(file.toString().replaceAll("json$", "svg"))));
        }
    }

    private static String plot(Path file) throws IOException, InterruptedException {
        var process = new ProcessBuilder(
                        "python3", ROOT.resolve("tools/plot_bench.py").toString(), file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (var said = process.getInputStream()) {
            var all = new String(said.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return all;
        }
    }
}
