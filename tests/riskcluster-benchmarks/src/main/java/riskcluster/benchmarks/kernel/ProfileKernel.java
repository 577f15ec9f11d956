package riskcluster.benchmarks.kernel;

import java.util.Arrays;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import riskcluster.actors.score.Profile;

/** A profile to its form at rest and back; one operation is one profile of twenty transactions. */
@State(Scope.Thread)
public class ProfileKernel {

    private static final int PROFILES = 100;
    private static final int TRANSACTIONS = 20;

    private final Profile[] profiles = profiles();
    private final byte[][] contents =
            Arrays.stream(profiles).map(Profile::encode).toArray(byte[][]::new);

    private static Profile[] profiles() {
        var scorer = Workload.scorer();
        var policy = Workload.rules();
        var transactions = new Workload(PROFILES, PROFILES * TRANSACTIONS).transactions();
        var profiles = new Profile[PROFILES];
        for (int p = 0; p < PROFILES; p++) {
            var profile = Profile.EMPTY;
            for (int t = 0; t < TRANSACTIONS; t++) {
                int offset = t * PROFILES + p; // in the order of their times, all of one customer
                profile = scorer.score(profile, transactions.get(offset), offset, policy)
                        .profile();
            }
            if (profile.size() != TRANSACTIONS || !Arrays.equals(again(profile), profile.encode())) {
                throw new IllegalStateException("a profile of " + profile.size() + " entries does not come back");
            }
            profiles[p] = profile;
        }
        return profiles;
    }

    private static byte[] again(Profile profile) {
        return Profile.decode(profile.encode()).encode();
    }

    @Benchmark
    @OperationsPerInvocation(PROFILES)
    public void encode(Blackhole sink) {
        for (var profile : profiles) {
            sink.consume(profile.encode());
        }
    }

    @Benchmark
    @OperationsPerInvocation(PROFILES)
    public void decode(Blackhole sink) {
        for (var content : contents) {
            sink.consume(Profile.decode(content));
        }
    }
}
