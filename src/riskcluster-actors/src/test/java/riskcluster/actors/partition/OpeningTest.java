package riskcluster.actors.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import riskcluster.actors.alert.CursorNote;
import riskcluster.contracts.ledger.PolicySwitch;

class OpeningTest {

    private final FakeWorld world = new FakeWorld();

    private Opening open(Opening from) {
        var step = from;
        while (!(step instanceof Opening.Opened) && !(step instanceof Opening.Refused)) {
            step = step.next(Records.SOURCE, world.ports());
        }
        return step;
    }

    private Opening.Opened opened() {
        var opening = open(world.begin());
        assertThat(opening).isInstanceOf(Opening.Opened.class);
        return (Opening.Opened) opening;
    }

    @Test
    void itTakesTheEpochThenTheProducerThenReadsTheCursors() {
        opened();
        assertThat(world.calls()).containsSubsequence("take", "open producer", "read cursors", "read alert cursor");
    }

    @Test
    void aStarterThatWasOvertakenBetweenProducerAndCursorsIsRefused() {
        var slow = world.begin().next(Records.SOURCE, world.ports());
        opened();
        var refused = open(slow);
        assertThat(refused).isInstanceOfSatisfying(Opening.Refused.class, end -> {
            assertThat(end.alarm()).isFalse();
            assertThat(end.why()).contains("newer owner");
        });
    }

    @Test
    void anOpeningThatIsGivenUpLeavesNoProducerBehind() {
        var fenced = world.begin().next(Records.SOURCE, world.ports()).next(Records.SOURCE, world.ports());
        fenced.release();
        assertThat(world.calls()).endsWith("open producer", "close producer");
    }

    @Test
    void aTopicMadeAnewIsAnAlarm() {
        opened();
        world.topicId = "another";
        assertThat(open(world.begin()))
                .isInstanceOfSatisfying(
                        Opening.Refused.class, end -> assertThat(end.alarm()).isTrue());
    }

    @Test
    void aForgottenAlertCursorIsRebuiltFromWhatWasPublishedAndNotFromTheDataCursor() {
        opened();
        world.dataCursor = 90;
        world.alertNoted = 40;
        world.lastPublished = 55;
        world.alertCursor = null;
        assertThat(opened().alertCursor()).isEqualTo(55);
        world.lastPublished = 0;
        assertThat(opened().alertCursor()).isEqualTo(40);
    }

    @Test
    void theFirstPolicyDecidesFromTheBeginning() {
        world.endOffset = 500;
        opened();
        assertThat(world.switches).containsExactly(new PolicySwitch(0, world.wanted.version()));
    }

    @Test
    void anotherPolicyIsPlacedAtTheLogsEnd() {
        opened();
        var first = world.wanted;
        world.wanted = FakeWorld.otherPolicy();
        world.endOffset = 500;
        var policies = opened().policies();
        assertThat(world.switches).hasSize(2).last().isEqualTo(new PolicySwitch(500, world.wanted.version()));
        assertThat(policies.at(499).version()).isEqualTo(first.version());
        assertThat(policies.at(500).version()).isEqualTo(world.wanted.version());
    }

    @Test
    void thePolicyInForceIsNotPlacedAgain() {
        opened();
        opened();
        assertThat(world.switches).hasSize(1);
    }

    @Test
    void profilesAheadOfTheCheckpointsAreAnAlarm() {
        opened();
        world.profileCursor = 10;
        world.dataCursor = 9;
        assertThat(open(world.begin()))
                .isInstanceOfSatisfying(
                        Opening.Refused.class, end -> assertThat(end.why()).contains("lost its tail"));
    }

    @Test
    void aPostgresThatIsOlderThanWhatWasNotedInKafkaIsAnAlarmThatSaysWhat() {
        opened();
        world.alertCursor = 80L;
        world.dataCursor = 50;
        world.noted = Optional.of(new CursorNote(1, 50, 0, 0));
        opened();
        world.noted = Optional.of(new CursorNote(9, 60, 0, 0));
        assertThat(alarm())
                .contains("hands out epoch 3, the partition was owned under epoch 9 before")
                .contains("has checkpoints up to 50 in Postgres and had them up to 60");
    }

    @Test
    void whatOwnersNotedBeforeARestoreIsNotHeldAgainstItAndWhatOwnersSinceNotedIs() {
        opened();
        world.alertCursor = 80L;
        world.dataCursor = 40;
        world.rewoundEpoch = 1;
        world.noted = Optional.of(new CursorNote(1, 50, 45, 0));
        opened();
        world.noted = Optional.of(new CursorNote(2, 50, 45, 0));
        assertThat(alarm()).contains("has checkpoints up to 40 in Postgres and had them up to 50");
    }

    @Test
    void anAlertCursorOlderThanACheckpointNotedIsAnAlarm() {
        opened();
        world.alertCursor = 30L;
        world.dataCursor = 90;
        world.alertNoted = 40;
        assertThat(alarm()).contains("Kafka has the alert cursor at 30").contains("40");
    }

    private String alarm() {
        var opening = open(world.begin());
        assertThat(opening)
                .isInstanceOfSatisfying(
                        Opening.Refused.class, end -> assertThat(end.alarm()).isTrue());
        return ((Opening.Refused) opening).why();
    }
}
