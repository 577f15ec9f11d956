package riskcluster.contracts.log;

import org.jspecify.annotations.Nullable;

/** One header of a Kafka message; the bytes are never changed after construction. */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody; copied by nobody on the hot path
public record Header(String name, byte @Nullable [] value) {}
