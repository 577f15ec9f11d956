package riskcluster.actors.privacy;

import org.jspecify.annotations.Nullable;

/**
 * The pseudonyms that one customer and his device had last, so that they are not made again for each of his events. They
 * are always those that {@link Pseudonyms} would make. Used by one thread at a time.
 */
public final class Aliases {

    private int version;
    private @Nullable String userId;
    private @Nullable String customerKey;
    private @Nullable String deviceId;
    private @Nullable String deviceKey;

    /** The customer's pseudonym under the key of this version. */
    public String customer(Pseudonyms pseudonyms, int keyVersion, String user) {
        follow(keyVersion);
        var known = customerKey;
        if (known == null || !user.equals(userId)) {
            known = pseudonyms.customer(keyVersion, user);
            userId = user;
            customerKey = known;
        }
        return known;
    }

    /** The device's pseudonym under the key of this version. */
    public String device(Pseudonyms pseudonyms, int keyVersion, String device) {
        follow(keyVersion);
        var known = deviceKey;
        if (known == null || !device.equals(deviceId)) {
            known = pseudonyms.device(keyVersion, device);
            deviceId = device;
            deviceKey = known;
        }
        return known;
    }

    /** Another key makes other pseudonyms. */
    private void follow(int keyVersion) {
        if (keyVersion != version) {
            version = keyVersion;
            customerKey = null;
            deviceKey = null;
        }
    }
}
