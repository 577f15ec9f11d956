package riskcluster.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;
import riskcluster.node.log.JsonLines;

/** Every line that this process logs as a node would write it: those of the program at every level, others as told. */
final class LoggedLines extends AppenderBase<ILoggingEvent> implements AutoCloseable {

    /** Of the generator, of the rushers and of the canary. */
    private static final Pattern PERSONAL = Pattern.compile("u\\d{8}|rusher-\\d|canary|4929123412341234");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger ours = (Logger) LoggerFactory.getLogger("riskcluster");
    private final JsonLines written = new JsonLines();
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private LoggedLines() {}

    static LoggedLines listen() {
        var lines = new LoggedLines();
        lines.setContext(lines.root.getLoggerContext());
        lines.start();
        lines.ours.setLevel(Level.TRACE);
        lines.ours.setAdditive(false); // standard error stays as it was
        lines.ours.addAppender(lines);
        lines.root.addAppender(lines);
        return lines;
    }

    @Override
    protected void append(ILoggingEvent event) {
        lines.add(new String(written.encode(event), UTF_8));
    }

    void tellsOfRecordsAndCustomersByPseudonymsOnly() throws IOException {
        assertThat(lines).noneMatch(line -> PERSONAL.matcher(line).find());
        var json = new ArrayList<JsonNode>();
        for (var line : lines) {
            json.add(new ObjectMapper().readTree(line));
        }
        assertThat(json)
                .anySatisfy(line -> assertThat(line.properties())
                        .extracting(field -> field.getKey())
                        .contains("time", "level", "partition", "offset", "reason"));
        assertThat(json).anySatisfy(line -> {
            assertThat(line.path("message").asText()).startsWith("a followed record is decided");
            assertThat(line.path("trace_id").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
            assertThat(line.path("customer_key").asText()).startsWith("k1:");
        });
        assertThat(json).anySatisfy(line -> {
            assertThat(line.path("message").asText()).contains("profile of a customer is shown");
            assertThat(line.path("customer_key").asText()).startsWith("k1:");
        });
    }

    @Override
    public void close() {
        root.detachAppender(this);
        ours.detachAppender(this);
        ours.setAdditive(true);
        ours.setLevel(null);
    }
}
