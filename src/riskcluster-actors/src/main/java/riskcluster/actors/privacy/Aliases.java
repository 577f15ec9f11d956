package riskcluster.actors.privacy;

import org.jspecify.annotations.Nullable;

/**
 * The pseudonyms of one customer and of the devices that he used lately, so that they are not digested again for each of
 * his events. They are always those that {@link Pseudonyms} would make. Used by one thread at a time.
 */
public final class Aliases {

    /** Remembers nothing, for whoever decides for many customers; any number of threads may share it. */
    public static final Aliases UNREMEMBERED = new Aliases(false);

    private final boolean remembers;
    private int version;
    private @Nullable String userId;
    private @Nullable String customerKey;
    private final RecentDevices devices = new RecentDevices();

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
        int found = devices.find(device);
        if (found >= 0) {
            return pseudonyms.text(keyVersion, devices.digests(), found);
        }
        var digest = pseudonyms.deviceDigest(keyVersion, device);
        devices.add(device, digest);
        return pseudonyms.text(keyVersion, digest, 0);
    }

    /** Another key makes other pseudonyms. */
    private void follow(int keyVersion) {
        if (keyVersion != version) {
            version = keyVersion;
            customerKey = null;
            devices.clear();
        }
    }
}
