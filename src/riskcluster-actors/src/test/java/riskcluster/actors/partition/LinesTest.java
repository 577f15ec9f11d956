package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import riskcluster.actors.decode.SchemaRegistry;

/** What a partition logs when every level is on: which lines carry which fields, and that none carries a user id. */
class LinesTest {

    private static final Duration WAIT_MAX = Duration.ofSeconds(20);
    private static final Pattern USER_ID = Pattern.compile("(?<![0-9a-zA-Z])c[0-3](?![0-9a-zA-Z])");

    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final Heard heard = new Heard();
    private final ActorTestKit kit = ActorTestKit.create(
            "lines", ConfigFactory.parseString("pekko.loglevel = DEBUG").withFallback(ConfigFactory.load()));
    private final FakeWorld world = new FakeWorld();

    /** Every line, whole, as each appender gets it. */
    private static final class Heard extends AppenderBase<ILoggingEvent> {
        private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            event.prepareForDeferredProcessing();
            events.add(event);
        }

        private static String whole(ILoggingEvent event) {
            return event.getFormattedMessage()
                    + event.getKeyValuePairs()
                    + event.getMDCPropertyMap()
                    + event.getThreadName()
                    + event.getLoggerName()
                    + Optional.ofNullable(event.getThrowableProxy())
                            .map(ThrowableProxyUtil::asString)
                            .orElse("");
        }

        /** What the first line with this text was given by name. */
        private Map<String, Object> fields(String text) {
            return events.stream()
                    .filter(event -> event.getFormattedMessage().contains(text))
                    .findFirst()
                    .map(event -> event.getKeyValuePairs().stream()
                            .collect(Collectors.toMap(pair -> pair.key, pair -> pair.value)))
                    .orElse(Map.of());
        }
    }

    @BeforeEach
    void listen() {
        world.blocking = Executors.newVirtualThreadPerTaskExecutor();
        root.setLevel(Level.TRACE);
        heard.start();
        root.addAppender(heard);
    }

    @AfterEach
    void stop() {
        kit.shutdownTestKit();
        root.detachAppender(heard);
        root.setLevel(before);
    }

    @Test
    void linesCarryPartitionOffsetTraceAndPseudonymAndNoneCarriesAUserId() {
        world.wanted = world.wanted.withSchemaRegistry(true);
        world.schemas = id -> new SchemaRegistry.Lookup.Unknown("schema " + id + " is nowhere");
        world.avroAt = 18;
        world.endOffset = 50;
        var partition = kit.spawn(Partition.create(Records.SOURCE, world.ports()));
        until("ALARM");
        ask(partition);
        world.schemas = id -> new SchemaRegistry.Lookup.GivenUp("schema " + id + " was given up");
        until("goes on");
        world.refuseOneSeal = true;
        world.endOffset = 90;
        until("starts again");

        assertThat(heard.fields("more records are rejected"))
                .containsEntry("partition", 3)
                .containsEntry("offset", 0L)
                .containsEntry("reason", "RC-1003");
        assertThat(heard.fields("ALARM partition"))
                .containsExactlyInAnyOrderEntriesOf(Map.of("partition", 3, "offset", 18L, "trace_id", Records.TRACE));
        assertThat(heard.fields("goes on")).containsExactly(Map.entry("partition", 3));
        assertThat(heard.fields("starts again")).containsExactly(Map.entry("partition", 3));
        assertThat(heard.fields("is shown to an operator"))
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "partition",
                        3,
                        "customer_key",
                        Records.scorer().pseudonyms().customer(1, "c1")));
        assertThat(world.published).as("alerts").contains(5L, 10L, 15L);
        assertThat(heard.events).map(Heard::whole).noneMatch(USER_ID.asPredicate());
    }

    private void ask(ActorRef<Partition.Command> partition) {
        var probe = kit.createTestProbe(Partition.CustomerShown.class);
        partition.tell(new Partition.ShowCustomer("c1", probe.getRef()));
        assertThat(probe.receiveMessage(WAIT_MAX).profile()).isPresent();
    }

    private void until(String text) {
        kit.createTestProbe().awaitAssert(WAIT_MAX, () -> {
            assertThat(heard.fields(text)).isNotEmpty();
            return null;
        });
    }
}
