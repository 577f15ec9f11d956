package riskcluster.actors.partition;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Predicate;
import riskcluster.actors.anomaly.Rush;
import riskcluster.actors.anomaly.Rushes;
import riskcluster.actors.score.NewerVersion;

/**
 * What a partition carries beside its customers' profiles; saved with them at the same offset.
 *
 * @param watermarkMicros greatest event time among the decided records so far; {@code Long.MIN_VALUE} before the first
 * @param rushes windows that are open at the watermark and anomalies as soon as they close
 */
public record PartitionState(long watermarkMicros, List<Rush> rushes) {

    /** The watermark alone. */
    private static final byte VERSION_WITHOUT_RUSHES = 1;

    private static final byte VERSION = 2;

    public PartitionState {
        rushes = List.copyOf(rushes);
    }

    /** A partition that has decided nothing yet. */
    public static final PartitionState EMPTY = new PartitionState(Long.MIN_VALUE, List.of());

    /** Reads what {@link #encode} wrote; no bytes at all are the empty state. */
    public static PartitionState decode(byte[] content) {
        if (content.length == 0) {
            return EMPTY;
        }
        if (content[0] > VERSION) {
            throw new NewerVersion("a partition's state", content[0], VERSION);
        }
        try {
            var in = ByteBuffer.wrap(content, 1, content.length - 1);
            var state = new PartitionState(in.getLong(), content[0] == VERSION ? Rushes.decode(in) : List.of());
            if (!in.hasRemaining() && content[0] >= VERSION_WITHOUT_RUSHES) {
                return state;
            }
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("a partition's state cut off at " + content.length + " bytes", e);
        }
        throw new IllegalArgumentException("a partition's state has " + content.length + " bytes of version "
                + content[0] + ", known: up to " + VERSION);
    }

    /** One version byte and the watermark, big endian; then the rushes, where there are any. */
    public byte[] encode() {
        var open = rushes.isEmpty() ? new byte[0] : Rushes.encode(rushes);
        return ByteBuffer.allocate(1 + Long.BYTES + open.length)
                .put(rushes.isEmpty() ? VERSION_WITHOUT_RUSHES : VERSION)
                .putLong(watermarkMicros)
                .put(open)
                .array();
    }

    /** The same with these open windows. */
    PartitionState with(List<Rush> open) {
        return new PartitionState(watermarkMicros, open);
    }

    /** The same without open windows of these customers. */
    PartitionState without(Predicate<String> customers) {
        return new PartitionState(
                watermarkMicros,
                rushes.stream().filter(rush -> !customers.test(rush.userId())).toList());
    }

    /** The state after a decided record of this event time. */
    public PartitionState seen(long eventTimeMicros) {
        return eventTimeMicros > watermarkMicros ? new PartitionState(eventTimeMicros, rushes) : this;
    }
}
