package riskcluster.actors.partition;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import riskcluster.actors.alert.AlertChannel;
import riskcluster.actors.alert.CursorNote;
import riskcluster.actors.policy.Policy;
import riskcluster.actors.policy.PolicyReading;
import riskcluster.actors.privacy.ErasedCustomers;
import riskcluster.contracts.ledger.Answer;
import riskcluster.contracts.ledger.Cursors;
import riskcluster.contracts.ledger.Ownership;
import riskcluster.contracts.ledger.Pause;
import riskcluster.contracts.ledger.PolicySwitch;
import riskcluster.contracts.ledger.ProfileCut;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.step.Step;

/**
 * A partition's first steps, whose order keeps older owners out: take the epoch (from here no older owner can seal or
 * save), initialise the producer (from here none can publish), only then read cursors and the epoch once more, since a
 * newer owner may have come between the two. Each step is one blocking call outside and returns the next.
 */
public sealed interface Opening {

    /** Takes this step. */
    default Opening next(LogPartition source, PartitionPorts ports) {
        return switch (this) {
            case Begin begin -> begin.takeEpoch(source, ports);
            case Owned owned -> owned.initialiseProducer(source, ports);
            case Fenced fenced -> fenced.readCursors(source, ports);
            case Known known -> known.readAlertCursor(source, ports);
            case Aware aware -> aware.placePolicy(source, ports);
            case Opened opened -> opened;
            case Refused refused -> refused;
        };
    }

    /** The step of the protocol that is behind us here, where tests want to know of it. */
    default Optional<Step> reached() {
        return switch (this) {
            case Owned owned -> Optional.of(Step.EPOCH_TAKEN);
            case Fenced fenced -> Optional.of(Step.PRODUCER_INITIALISED);
            case Known known -> Optional.of(Step.CURSORS_READ);
            case Begin begin -> Optional.empty();
            case Aware aware -> Optional.empty();
            case Opened opened -> Optional.empty();
            case Refused refused -> Optional.empty();
        };
    }

    /** Closes what was opened on the way here; for an opening that is not gone on with. */
    default void release() {
        switch (this) {
            case Fenced fenced -> fenced.channel().close();
            case Known known -> known.channel().close();
            case Aware aware -> aware.channel().close();
            case Opened opened -> opened.channel().close();
            case Refused refused -> refused.channel().close();
            case Begin begin -> {}
            case Owned owned -> {}
        }
    }

    /** Nothing has happened yet. */
    record Begin(UUID incarnation) implements Opening {
        private Opening takeEpoch(LogPartition source, PartitionPorts ports) {
            var topicId = ports.log().topicId(source);
            var first = ports.log().firstOffset(source);
            return new Owned(ports.ledger().take(source, incarnation, topicId, first), topicId);
        }
    }

    /** The epoch is ours. */
    record Owned(Ownership owner, String topicId) implements Opening {
        private Opening initialiseProducer(LogPartition source, PartitionPorts ports) {
            return new Fenced(owner, topicId, ports.alertLog().open(source));
        }
    }

    /** The producer is ours too. */
    record Fenced(Ownership owner, String topicId, AlertChannel channel) implements Opening {
        private Opening readCursors(LogPartition source, PartitionPorts ports) {
            var cursors = ports.ledger().read(owner, source);
            if (cursors.isEmpty()) {
                return new Refused(channel, source + " has a newer owner than epoch " + owner.epoch(), false);
            }
            var known = cursors.get();
            if (!known.topicId().equals(topicId)) {
                return new Refused(
                        channel,
                        "topic " + source.topic() + " is another one than before (id " + topicId + ", noted "
                                + known.topicId() + "): it was deleted and made anew; nothing is read from it",
                        true);
            }
            return new Known(owner, channel, known);
        }
    }

    /** Where the ledger says we stand. */
    record Known(Ownership owner, AlertChannel channel, Cursors cursors) implements Opening {
        private Opening readAlertCursor(LogPartition source, PartitionPorts ports) {
            var committed = channel.cursor();
            var noted = channel.noted();
            var lost = LostTail.found(
                    source, owner, cursors, committed, noted, ports.ledger().rewoundEpoch(source));
            if (lost.isPresent()) {
                return new Refused(channel, lost.get(), true);
            }
            if (committed.isPresent()) {
                int leaderEpoch = noted.map(CursorNote::leaderEpoch).orElse(-1);
                ports.log().verify(source, committed.getAsLong(), leaderEpoch);
            }
            ports.log().verify(source, cursors.data(), -1);
            long alert = committed.isPresent()
                    ? committed.getAsLong()
                    : Math.max(cursors.alertNoted(), channel.lastPublished());
            return new Aware(owner, channel, cursors, alert);
        }
    }

    /** Where we stand, the alert cursor included. */
    record Aware(Ownership owner, AlertChannel channel, Cursors cursors, long alertCursor) implements Opening {
        private Opening placePolicy(LogPartition source, PartitionPorts ports) {
            var switches = new ArrayList<>(cursors.switches());
            var wanted = ports.wanted();
            var last = switches.isEmpty() ? Optional.<PolicySwitch>empty() : Optional.of(switches.getLast());
            if (last.isEmpty() || !last.get().version().equals(wanted.version())) {
                // not below the log's end as it is now that we alone publish: a dead owner's
                // fast alerts were decided by the old policy and must stay true
                var offset = last.isEmpty()
                        ? cursors.profile()
                        : Math.max(ports.log().endOffset(source), last.get().offset());
                if (ports.ledger().place(owner, source, last, offset, wanted.stored()) != Answer.DONE) {
                    return new Refused(channel, source + " lost its epoch before its policy was placed", false);
                }
                switches.add(new PolicySwitch(offset, wanted.version()));
            }
            var erased =
                    new ErasedCustomers(ports.ledger().erased(), ports.scorer().pseudonyms());
            var policies = timeline(switches, ports);
            mustHaveKeys(policies, ports);
            return erased.isEmpty()
                    ? new Opened(
                            owner,
                            channel,
                            cursors,
                            alertCursor,
                            policies,
                            erased,
                            ports.ledger().pause(source))
                    : forget(erased, source, policies, ports);
        }

        /** What the partition carries beside profiles names customers too; only then it holds nothing of who was erased. */
        private Opening forget(
                ErasedCustomers erased, LogPartition source, PolicyTimeline policies, PartitionPorts ports) {
            var known = PartitionState.decode(cursors.partitionState());
            var left = known.without(erased::holds);
            var now = cursors;
            if (!left.equals(known)) {
                now = cursors.with(left.encode());
                var cut = new ProfileCut(
                        source,
                        cursors.profile(),
                        cursors.profile(),
                        cursors.leaderEpoch(),
                        now.partitionState(),
                        List.of());
                if (ports.ledger().save(owner, cut) != Answer.DONE) {
                    return new Refused(channel, source + " lost its epoch before it forgot who was erased", false);
                }
            }
            ports.ledger().acknowledge(owner, source, erased.known());
            var pause = ports.ledger().pause(source);
            return new Opened(owner, channel, now, alertCursor, policies, erased, pause);
        }

        /** Records are decided again from the profile cursor on, each with the pseudonyms of its policy. */
        private void mustHaveKeys(PolicyTimeline policies, PartitionPorts ports) {
            for (long at = cursors.profile(); at < Long.MAX_VALUE; at = policies.nextAfter(at)) {
                int version = policies.at(at).keyVersion();
                if (!ports.scorer().pseudonyms().has(version)) {
                    throw new IllegalStateException("policy " + policies.at(at).version() + " names version " + version
                            + " of the pseudonym key, which this node does not have");
                }
            }
        }

        private static PolicyTimeline timeline(List<PolicySwitch> switches, PartitionPorts ports) {
            Map<String, Policy> policies = new HashMap<>();
            policies.put(ports.wanted().version(), ports.wanted());
            for (var placed : switches) {
                policies.computeIfAbsent(placed.version(), version -> stored(version, ports));
            }
            return new PolicyTimeline(switches, policies);
        }

        private static Policy stored(String version, PartitionPorts ports) {
            var stored = ports.ledger()
                    .policy(version)
                    .orElseThrow(() -> new IllegalStateException("policy " + version + " is placed, but not stored"));
            return switch (Policy.of(stored)) {
                case PolicyReading.Ready(var policy) -> policy;
                case PolicyReading.Refused refused ->
                    throw new IllegalStateException("policy " + version + " cannot be read here: " + refused.message());
            };
        }
    }

    /**
     * Ready to read.
     *
     * @param pause until it is taken back, nothing is read all the same
     */
    record Opened(
            Ownership owner,
            AlertChannel channel,
            Cursors cursors,
            long alertCursor,
            PolicyTimeline policies,
            ErasedCustomers erased,
            Optional<Pause> pause)
            implements Opening {}

    /**
     * Not to be gone on with.
     *
     * @param alarm true where only a person can decide what is to be done; else another try is fine
     */
    record Refused(AlertChannel channel, String why, boolean alarm) implements Opening {}
}
