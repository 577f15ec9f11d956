package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.decision.Reason;

class RejectedLinesTest {

    private static final long SECOND_MICROS = 1_000_000;

    private final Logger log = (Logger) LoggerFactory.getLogger(Partition.class);
    private final ListAppender<ILoggingEvent> heard = new ListAppender<>();
    private long now = SECOND_MICROS;
    private final RejectedLines lines = new RejectedLines(() -> now);

    @BeforeEach
    void listen() {
        heard.start();
        log.addAppender(heard);
    }

    @AfterEach
    void stop() {
        log.detachAppender(heard);
    }

    @Test
    void oneLineInTenSecondsTellsOfAllSinceTheOneBefore() {
        for (int second = 0; second < 15; second++) {
            lines.add(rejected(), 100);
            now += SECOND_MICROS;
        }

        assertThat(heard.list).extracting(event -> event.getArgumentArray()[0]).containsExactly(100L, 1_000L);
    }

    private static List<Judged> rejected() {
        var record = Records.between(0, 1).getFirst();
        return List.of(new Judged(record, new Outcome.Rejected(Reason.NOT_DECODABLE, "no JSON")));
    }
}
