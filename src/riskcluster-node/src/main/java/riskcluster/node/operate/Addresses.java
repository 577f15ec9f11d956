package riskcluster.node.operate;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.apache.pekko.actor.Address;
import org.apache.pekko.actor.AddressFromURIString;
import org.apache.pekko.cluster.Member;
import org.apache.pekko.cluster.typed.Cluster;

/** Addresses of nodes as operators type them: in full, or as {@code host:port} of the same actor system. */
final class Addresses {

    private static final Pattern BRIEF = Pattern.compile("(?<host>[^:/@\\s]+|\\[[0-9a-fA-F:]+]):(?<port>[0-9]{1,5})");

    private Addresses() {}

    /**
     * The address that was typed.
     *
     * @throws CommandRefused where it is none of this actor system
     */
    static Address parse(String text, Address self) {
        var brief = BRIEF.matcher(text);
        if (brief.matches()) {
            return new Address(
                    self.protocol(), self.system(), brief.group("host"), Integer.parseInt(brief.group("port")));
        }
        var full = AddressFromURIString.unapply(text);
        if (full.isEmpty() || full.get().hasLocalScope()) {
            throw CommandRefused.misused(
                    "'" + text + "' is no address of a node; give one such as " + self + " or host:port");
        }
        var address = full.get();
        if (!address.system().equals(self.system()) || !address.protocol().equals(self.protocol())) {
            throw CommandRefused.failed(
                    address + " is of another actor system; this one is " + self.protocol() + "://" + self.system());
        }
        return address;
    }

    /**
     * The member with this address.
     *
     * @throws CommandRefused where there is none
     */
    static Member member(String text, Cluster cluster) {
        var address = parse(text, cluster.selfMember().address());
        var members = members(cluster);
        return members.stream()
                .filter(member -> member.address().equals(address))
                .findFirst()
                .orElseThrow(() -> CommandRefused.failed("no member has the address " + address + "; members: "
                        + members.stream()
                                .map(member -> member.address().toString())
                                .collect(Collectors.joining(", "))));
    }

    /** Every member, in the order of addresses. */
    static List<Member> members(Cluster cluster) {
        return StreamSupport.stream(cluster.state().getMembers().spliterator(), false)
                .sorted(Comparator.comparing(member -> member.address().toString()))
                .toList();
    }
}
