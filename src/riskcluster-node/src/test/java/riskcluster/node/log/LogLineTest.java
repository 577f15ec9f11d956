package riskcluster.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogLineTest {

    private final LoggerContext context = new LoggerContext();
    private final List<ILoggingEvent> events = new ArrayList<>();

    @BeforeEach
    void listen() {
        context.setMDCAdapter(new LogbackMDCAdapter());
        var appender = new AppenderBase<ILoggingEvent>() {
            @Override
            protected void append(ILoggingEvent event) {
                events.add(event);
            }
        };
        appender.setContext(context);
        appender.start();
        var root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(Level.DEBUG);
        root.addAppender(appender);
    }

    private ch.qos.logback.classic.Logger log() {
        return context.getLogger("riskcluster.actors.Some");
    }

    private JsonNode written() throws IOException {
        var bytes = new JsonLines().encode(events.getLast());
        var text = new String(bytes, UTF_8);
        assertThat(text).endsWith("\n");
        assertThat(text.strip()).as("one line").doesNotContain("\n");
        return new ObjectMapper().readTree(text);
    }

    @Test
    void aLineIsAnObjectWithWhatItWasGivenByName() throws IOException {
        context.putProperty("node", "10.0.0.5:17355");
        log().atWarn()
                .addKeyValue("partition", 3)
                .addKeyValue("offset", 17L)
                .addKeyValue("customer_key", "k1:00ff")
                .log("said {}\nand more", "\"this\"");

        var json = written();

        assertThat(json.properties())
                .extracting(entry -> entry.getKey() + "=" + entry.getValue())
                .filteredOn(text -> !text.startsWith("time="))
                .containsExactly(
                        "level=\"WARN\"",
                        "logger=\"riskcluster.actors.Some\"",
                        "thread=\"" + Thread.currentThread().getName() + "\"",
                        "node=\"10.0.0.5:17355\"",
                        "message=\"said \\\"this\\\"\\nand more\"",
                        "partition=3",
                        "offset=17",
                        "customer_key=\"k1:00ff\"");
        assertThat(json.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
        assertThat(Instant.parse(json.path("time").asText()).toEpochMilli())
                .isEqualTo(events.getLast().getTimeStamp());
    }

    @Test
    void anExceptionIsItsClassItsMessageAndItsStackInOneField() throws IOException {
        log().error("it failed", new IllegalStateException("outside", new IOException("inside")));

        var json = written();

        assertThat(json.path("exception").asText()).isEqualTo("java.lang.IllegalStateException");
        assertThat(json.path("exception_message").asText()).isEqualTo("outside");
        assertThat(json.path("stack").asText())
                .contains("IllegalStateException: outside\n", "\tat " + LogLineTest.class.getName())
                .contains("Caused by: java.io.IOException: inside");
        assertThat(LogLine.of(events.getLast()).text())
                .endsWith("ERROR Some  it failed (java.lang.IllegalStateException: outside)");
    }

    @Test
    void anActorIsToldByItsPathAndTheThreadIsThatOfTheOneWhoSpoke() throws IOException {
        context.getMDCAdapter().put("pekkoSource", "pekko://riskcluster/user/a");
        context.getMDCAdapter().put("sourceThread", "dispatcher-7");
        log().info("said");

        assertThat(written().path("actor").asText()).isEqualTo("pekko://riskcluster/user/a");
        assertThat(written().path("thread").asText()).isEqualTo("dispatcher-7");
    }

    @Test
    void whatEveryLineHasCannotBeGivenByName() throws IOException {
        log().atInfo()
                .addKeyValue("level", "none")
                .addKeyValue("much", "x".repeat(2_000))
                .log("said");

        assertThat(written().path("level").asText()).isEqualTo("INFO");
        assertThat(written().path("level_").asText()).isEqualTo("none");
        assertThat(written().path("much").asText()).hasSize(1_027).endsWith("x...");
    }

    @Test
    void whatIsLongIsCut() throws IOException {
        log().info("x".repeat(1_000_000));

        assertThat(written().path("message").asText()).hasSize(8_195).endsWith("x...");
    }
}
