package riskcluster.node.alerts;

/**
 * An alert as a consumer received it.
 *
 * @param id {@code ce_id}: topic, partition and offset of the input record
 * @param body JSON
 * @param receivedMillis when it was received, milliseconds since 1970 UTC
 */
@SuppressWarnings("ArrayRecordComponent") // shown or parsed once, never compared
public record ReadAlert(String id, byte[] body, long receivedMillis) {}
