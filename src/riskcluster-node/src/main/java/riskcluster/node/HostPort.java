package riskcluster.node;

/**
 * An address of a process, {@code host:port}.
 *
 * @param port 0 to 65535; 0 asks for any free one
 */
public record HostPort(String host, int port) {

    private static final int PORT_MAX = 65_535;

    public HostPort {
        if (host.isBlank() || port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException(host + ":" + port + " is no host:port");
        }
    }

    /** Reads {@code host:port}; an IPv6 address stands in brackets. */
    public static HostPort parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException(text + " is no host:port");
        }
        return new HostPort(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
