package riskcluster.actors.customer;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.pekko.actor.testkit.typed.javadsl.ActorTestKit;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;

class CustomerTest {

    private static final ActorTestKit KIT = ActorTestKit.create("customer", ConfigFactory.load());

    /** A profile of one transaction, decided at offset 301, as it is at rest. */
    private static final String ONE = "01ae020100fe9fccd1a7eda3060000000000000005000000000000000600";

    private final Scorer scorer = new Scorer(new Pseudonyms(Map.of(1, new byte[32])));
    private final ActorRef<Customer.Command> customer = customer();

    @AfterAll
    static void shutdown() {
        KIT.shutdownTestKit();
    }

    @Test
    void whoIsNewHasAnEmptyProfile() throws Exception {
        assertThat(shown().encode()).isEqualTo(Profile.EMPTY.encode());
    }

    @Test
    void whoWasKnownGoesOnFromWhatWasSaved() throws Exception {
        var saved = Profile.decode(HexFormat.of().parseHex(ONE));
        customer.tell(new Customer.Restore(saved));
        assertThat(shown().encode()).isEqualTo(saved.encode());
    }

    /** Pekko would begin him again, with an empty profile, by which he would score. */
    @Test
    void whoFailsEndsAndIsNotBegunAgain() {
        var probe = KIT.<Profile>createTestProbe();
        customer.tell(new Customer.Show(profile -> {
            throw new IllegalStateException("a bug");
        }));
        customer.tell(new Customer.Show(probe.getRef()::tell));
        probe.expectTerminated(customer);
        probe.expectNoMessage(Duration.ZERO);
    }

    private Profile shown() throws Exception {
        var told = new CompletableFuture<Profile>();
        customer.tell(new Customer.Show(told::complete));
        return told.get(10, TimeUnit.SECONDS);
    }

    /** A child of an actor that stays, as a partition's customers are. */
    private ActorRef<Customer.Command> customer() {
        var made = new CompletableFuture<ActorRef<Customer.Command>>();
        KIT.spawn(Behaviors.setup(context -> {
            made.complete(Customer.spawn(context, Customer.props(scorer)));
            return Behaviors.empty();
        }));
        return made.orTimeout(10, TimeUnit.SECONDS).join();
    }
}
