package riskcluster.lakehouse.rekey;

import java.util.Set;

/** The key ring, as far as new names need it. */
public interface PseudonymKeys {

    /** A ring without keys, for whoever keeps tables whose names stay as they are. */
    PseudonymKeys NONE = new PseudonymKeys() {
        @Override
        public Set<Integer> versions() {
            return Set.of();
        }

        @Override
        public String customer(int version, String userId) {
            throw new IllegalStateException("no key");
        }

        @Override
        public String device(int version, String deviceId) {
            throw new IllegalStateException("no key");
        }
    };

    /** The versions of the keys. */
    Set<Integer> versions();

    /** The pseudonym of a customer under the key of this version. */
    String customer(int version, String userId);

    /** The pseudonym of a device under the key of this version. */
    String device(int version, String deviceId);
}
