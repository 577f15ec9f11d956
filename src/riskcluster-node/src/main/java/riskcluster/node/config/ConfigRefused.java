package riskcluster.node.config;

/** A configuration that no node starts with; says the key, its value and what is allowed. */
public final class ConfigRefused extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    ConfigRefused(String message) {
        super(message);
    }

    static ConfigRefused value(String key, String value, String allowed) {
        return new ConfigRefused(key + " is '" + value + "', allowed: " + allowed);
    }
}
