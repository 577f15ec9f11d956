package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.pekko.actor.testkit.typed.javadsl.TestInbox;
import org.apache.pekko.actor.typed.ActorRef;
import org.junit.jupiter.api.Test;
import riskcluster.actors.customer.Customer;
import riskcluster.actors.customer.Round;
import riskcluster.actors.policy.PolicyFile;
import riskcluster.actors.privacy.Aliases;
import riskcluster.actors.privacy.Pseudonyms;
import riskcluster.actors.score.IdHashes;
import riskcluster.actors.score.Profile;
import riskcluster.actors.score.Scorer;
import riskcluster.contracts.decision.Outcome;
import riskcluster.contracts.transaction.Transaction;

/** How many messages the records of a fetch cost: exact numbers, which do not depend on the machine. */
class MessagesTest {

    private static final int RECORDS = 1_000;
    private static final int CUSTOMERS = 100;

    private final Scorer scorer = new Scorer(new Pseudonyms(Map.of(1, new byte[32])));
    private final Map<ActorRef<Customer.Command>, TestInbox<Customer.Command>> inboxes = new HashMap<>();
    private final Seats seats = new Seats(
            profile -> {
                TestInbox<Customer.Command> inbox = TestInbox.create();
                inboxes.put(inbox.getRef(), inbox);
                return inbox.getRef();
            },
            RECORDS,
            false);

    @Test
    void aFetchCostsOneMessageACustomerAndOneAnswer() {
        var done = new ArrayList<Round>();
        var round = round(done);

        seats.send(round);

        var messages = inboxes.values().stream()
                .flatMap(inbox -> inbox.getAllReceived().stream())
                .toList();
        assertThat(messages).hasSize(CUSTOMERS);
        messages.forEach(this::score);
        assertThat(done).containsExactly(round);
        assertThat(round.judged()).hasSize(RECORDS).allMatch(each -> each.outcome() instanceof Outcome.Decided);
    }

    @Test
    void theNextFetchGoesToTheSameCustomers() {
        seats.send(round(new ArrayList<>()));
        seats.send(round(new ArrayList<>()));

        assertThat(inboxes).hasSize(CUSTOMERS);
        assertThat(inboxes.values()).allMatch(inbox -> inbox.getAllReceived().size() == 2);
    }

    private void score(Customer.Command message) {
        var told = (Customer.Score) message;
        told.round().score(told.seat(), Profile.EMPTY, scorer, new Aliases());
    }

    private static Round round(List<Round> done) {
        var transactions = IntStream.range(0, RECORDS)
                .mapToObj(i ->
                        new Transaction("t" + i, "u" + i % CUSTOMERS, 1, i, null, null, null, null, null, null, null))
                .toArray(Transaction[]::new);
        var records = IntStream.range(0, RECORDS).mapToObj(Records::record).toList();
        return new Round(
                0,
                RECORDS,
                0,
                PolicyFile.bundled("default"),
                records,
                transactions,
                IdHashes.of(transactions),
                new Outcome[RECORDS],
                done::add);
    }
}
