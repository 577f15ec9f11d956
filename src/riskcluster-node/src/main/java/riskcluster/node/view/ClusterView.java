package riskcluster.node.view;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A cluster as one of its nodes sees it. */
public record ClusterView(String name, List<Member> members, List<Place> partitions) {

    /**
     * One node.
     *
     * @param reachable the cluster hears of it
     * @param version what it runs
     */
    public record Member(
            String address, String status, boolean leader, List<String> roles, boolean reachable, String version) {
        public Member {
            roles = List.copyOf(roles);
        }
    }

    /**
     * One partition of the input and where it stands.
     *
     * @param position next offset that will be scored
     * @param alertCursor offset up to which alerts are published
     * @param dataCursor offset up to which data files are sealed
     * @param profileCursor offset up to which profiles are saved
     * @param customers profiles in memory
     * @param alarm why it stands still and waits for a person
     */
    public record Place(
            int partition,
            long epoch,
            long position,
            long alertCursor,
            long dataCursor,
            long profileCursor,
            int customers,
            @Nullable String alarm) {}

    public ClusterView {
        members = List.copyOf(members);
        partitions = List.copyOf(partitions);
    }
}
