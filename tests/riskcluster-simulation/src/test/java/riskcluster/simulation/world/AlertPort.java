package riskcluster.simulation.world;

import java.util.OptionalLong;
import riskcluster.actors.alert.AlertChannel;
import riskcluster.actors.alert.AlertLog;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.log.LogPartition;
import riskcluster.simulation.fault.Call;
import riskcluster.simulation.fault.Plant;
import riskcluster.simulation.fault.Unanswered;
import riskcluster.simulation.world.Line.Way;

/** The alert topic as one process sees it: a transactional producer for each partition. */
final class AlertPort implements AlertLog {

    private static final long STABLE_MICROS = 5_000;

    private final World world;
    private final Line line;

    AlertPort(World world, Line line) {
        this.world = world;
        this.line = line;
    }

    @Override
    public AlertChannel open(LogPartition source) {
        var topic = world.alerts(source);
        var early = topic.cursor();
        int producer = line.call(Call.OPEN_PRODUCER, source::toString, topic::open);
        return new Channel(source, topic, producer, early);
    }

    private final class Channel implements AlertChannel {
        private final LogPartition source;
        private final AlertTopic topic;
        private final int producer;
        private final OptionalLong early;
        private boolean refused;

        Channel(LogPartition source, AlertTopic topic, int producer, OptionalLong early) {
            this.source = source;
            this.topic = topic;
            this.producer = producer;
            this.early = early;
        }

        @Override
        public OptionalLong cursor() {
            if (world.fate().planted(Plant.CURSORS_BEFORE_FENCE)) {
                return early;
            }
            while (topic.isPending() && !world.fate().planted(Plant.UNSTABLE_CURSOR)) {
                world.loop().pause(STABLE_MICROS);
                line.live();
            }
            return line.call(Call.READ_ALERT_CURSOR, source::toString, topic::cursor);
        }

        @Override
        public long lastPublished() {
            return line.call(Call.READ_ALERT_CURSOR, source::toString, topic::lastPublished);
        }

        /** Kafka's producer sends in the background: what failed is heard of at the commit. */
        @Override
        public void send(Judged judged) {
            try {
                line.call(Call.SEND_ALERT, judged.record()::coordinates, () -> {
                    if (topic.isFenced(producer)) {
                        refused = true;
                    } else {
                        topic.send(producer, judged);
                    }
                    return true;
                });
            } catch (Unanswered failure) {
                refused = true;
            }
        }

        @Override
        public void commit(long cursor) {
            while (topic.isPending()) {
                world.loop().pause(STABLE_MICROS);
                line.live();
            }
            if (refused) {
                throw new Refusal("a message of " + source + " was refused");
            }
            line.call(Call.COMMIT_ALERTS, () -> source + " up to " + cursor, (Way way) -> {
                if (way == Way.SEEN_LATE) {
                    topic.decide(producer, cursor, world.fate().micros(50, 900));
                } else {
                    topic.commit(producer, cursor);
                }
                return true;
            });
        }

        @Override
        public void close() {
            // the world keeps nothing for a process that leaves
        }
    }
}
