package riskcluster.node.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** The addresses that only this machine reaches, where nothing has to be hidden from a network. */
public final class Loopback {

    private Loopback() {}

    /** Whether this host is one; not where there is no such host, as whoever listens or connects there will say. */
    public static boolean is(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
