package riskcluster.node.answers;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.pekko.NotUsed;
import org.apache.pekko.stream.ActorAttributes;
import org.apache.pekko.stream.javadsl.Source;
import org.apache.pekko.util.ByteString;
import riskcluster.node.alerts.AlertReader;
import riskcluster.node.alerts.ReadAlert;

/** Alerts as JSON lines for one listener, each read exactly; his slowness slows only his own reading. */
final class AlertStream {

    /** An empty line at least as often shows that the stream lives, and finds out who has gone. */
    private static final Duration SILENCE_MAX = Duration.ofSeconds(1);

    private AlertStream() {}

    static Source<ByteString, NotUsed> lines(Map<String, Object> connection, String topic, boolean fromStart) {
        return Source.<ByteString, AlertReader>unfoldResource(
                        () -> AlertReader.open(connection, topic, AlertReader.Reading.EXACT, fromStart),
                        reader -> Optional.of(lines(reader.poll(SILENCE_MAX))),
                        AlertReader::close)
                .withAttributes(ActorAttributes.dispatcher("pekko.actor.default-blocking-io-dispatcher"));
    }

    private static ByteString lines(List<ReadAlert> alerts) {
        var lines = new ByteArrayOutputStream();
        for (var alert : alerts) {
            lines.writeBytes(alert.body());
            lines.write('\n');
        }
        if (alerts.isEmpty()) {
            lines.write('\n');
        }
        return ByteString.fromArray(lines.toByteArray());
    }
}
