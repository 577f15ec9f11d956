package riskcluster.actors.partition;

import java.nio.ByteBuffer;
import riskcluster.actors.score.NewerVersion;

/**
 * What a partition carries beside its customers' profiles; saved with them at the same offset.
 *
 * @param watermarkMicros greatest event time among the decided records so far; {@code Long.MIN_VALUE} before the first
 */
public record PartitionState(long watermarkMicros) {

    private static final byte VERSION = 1;

    /** A partition that has decided nothing yet. */
    public static final PartitionState EMPTY = new PartitionState(Long.MIN_VALUE);

    /** Reads what {@link #encode} wrote; no bytes at all are the empty state. */
    public static PartitionState decode(byte[] content) {
        if (content.length == 0) {
            return EMPTY;
        }
        if (content[0] > VERSION) {
            throw new NewerVersion("a partition's state", content[0], VERSION);
        }
        if (content.length != 1 + Long.BYTES || content[0] != VERSION) {
            throw new IllegalArgumentException(
                    "a partition's state has " + content.length + " bytes of version " + content[0] + ", known: 1");
        }
        return new PartitionState(ByteBuffer.wrap(content, 1, Long.BYTES).getLong());
    }

    /** One version byte and the watermark, big endian. */
    public byte[] encode() {
        return ByteBuffer.allocate(1 + Long.BYTES)
                .put(VERSION)
                .putLong(watermarkMicros)
                .array();
    }

    /** The state after a decided record of this event time. */
    public PartitionState seen(long eventTimeMicros) {
        return eventTimeMicros > watermarkMicros ? new PartitionState(eventTimeMicros) : this;
    }
}
