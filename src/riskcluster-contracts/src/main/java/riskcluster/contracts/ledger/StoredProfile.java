package riskcluster.contracts.ledger;

/**
 * A customer's profile at rest.
 *
 * @param lastOffset offset of the customer's last event in it; a loaded one at or past the profile cursor is an alarm
 * @param content the profile's own binary form; never written to
 */
@SuppressWarnings("ArrayRecordComponent") // moved, never compared
public record StoredProfile(String userId, long lastOffset, byte[] content) {}
