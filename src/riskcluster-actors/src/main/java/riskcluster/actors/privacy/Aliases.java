package riskcluster.actors.privacy;

import org.jspecify.annotations.Nullable;

/**
 * The pseudonyms that one customer and his device had last, so that they are not made again for each of his events. They
 * are always those that {@link Pseudonyms} would make. Used by one thread at a time.
 */
public final class Aliases {

    /** Remembers nothing, for whoever decides for many customers; any number of threads may share it. */
    public static final Aliases UNREMEMBERED = new Aliases(false);

    private final boolean remembers;
    private int version;
    private @Nullable String userId;
    private @Nullable String customerKey;
    private @Nullable String deviceId;
    private @Nullable String deviceKey;

    /** Those of a customer who has none yet. */
    public Aliases() {
        this(true);
    }

    private Aliases(boolean remembers) {
        this.remembers = remembers;
    }

    /** The customer's pseudonym under the key of this version. */
    public String customer(Pseudonyms pseudonyms, int keyVersion, String user) {
        if (!remembers) {
            return pseudonyms.customer(keyVersion, user);
        }
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
        if (!remembers) {
            return pseudonyms.device(keyVersion, device);
        }
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
