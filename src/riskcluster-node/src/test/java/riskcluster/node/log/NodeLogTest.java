package riskcluster.node.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The program's own settings of Logback, in a log of their own. */
class NodeLogTest {

    private final PrintStream before = System.err;
    private final ByteArrayOutputStream said = new ByteArrayOutputStream();
    private final LoggerContext context = new LoggerContext();

    @BeforeEach
    void configure() throws Exception {
        System.setErr(new PrintStream(said, true, UTF_8));
        context.setMDCAdapter(new LogbackMDCAdapter());
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(NodeLogTest.class.getResource("/logback.xml")));
    }

    @AfterEach
    void giveBack() {
        System.setErr(before);
        context.stop();
    }

    private String log(LogSettings settings) {
        NodeLog.speak(context, settings, "10.0.0.5:17355");
        said.reset();
        var log = context.getLogger("riskcluster.Some");
        log.info("little");
        log.atWarn().addKeyValue("partition", 3).log("much");
        return said.toString(UTF_8);
    }

    @Test
    void jsonGoesWhereTextWent() throws Exception {
        var json = new ObjectMapper().readTree(log(new LogSettings(LogFormat.JSON, Optional.empty())));

        assertThat(json.path("message").asText()).isEqualTo("much");
        assertThat(json.path("partition").asInt()).isEqualTo(3);
        assertThat(json.path("node").asText()).isEqualTo("10.0.0.5:17355");
    }

    @Test
    void textStaysAsItWas() {
        assertThat(log(new LogSettings(LogFormat.TEXT, Optional.empty())))
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} WARN  riskcluster.Some much\n");
    }

    @Test
    void theLevelIsAsTold() {
        var told = log(new LogSettings(LogFormat.TEXT, Optional.of(LogLevel.INFO)));

        assertThat(told.lines()).hasSize(2);
        assertThat(context.getLogger("riskcluster.audit").getLevel()).isEqualTo(Level.INFO);
    }
}
