package riskcluster.node.guard;

import java.util.Optional;
import java.util.function.LongSupplier;
import riskcluster.node.explain.Finding;

/** Decides who may come in and what he may do there, and keeps the record of it. */
public final class Guard {

    /** Far above what people and scripts ask, and below what keeps a node from its work. */
    static final int REQUESTS_AT_ONCE = 400;

    static final int REQUESTS_PER_SECOND = 200;
    /** Guessing a token of 128 bits is hopeless at any pace; this keeps logs and processor free of it. */
    static final int WRONG_AT_ONCE = 10;

    static final int WRONG_PER_SECOND = 1;

    private final Optional<Tokens> tokens;
    private final Audit audit;
    private final Budget requests;
    private final Budget wrong;

    Guard(Optional<Tokens> tokens, Audit audit, LongSupplier nanos) {
        this.tokens = tokens;
        this.audit = audit;
        this.requests = new Budget(REQUESTS_AT_ONCE, REQUESTS_PER_SECOND, nanos);
        this.wrong = new Budget(WRONG_AT_ONCE, WRONG_PER_SECOND, nanos);
    }

    /**
     * The one that a node is told to have.
     *
     * @throws IllegalArgumentException where the file of tokens is none
     */
    public static Guard of(DoorGuard told) {
        return new Guard(
                told.tokens().map(Tokens::new),
                told.tokens().isPresent() ? Audit.log() : Audit.silent(),
                System::nanoTime);
    }

    /** Asks nobody who he is. */
    public static Guard open() {
        return of(DoorGuard.NONE);
    }

    /** Nobody is asked who he is. */
    public boolean isOpen() {
        return tokens.isEmpty();
    }

    public Audit audit() {
        return audit;
    }

    /** What comes of a knock: one of the two is there. */
    public record Entry(Optional<Caller> caller, Optional<Refusal> refusal) {
        private static Entry of(Caller caller) {
            return new Entry(Optional.of(caller), Optional.empty());
        }

        private static Entry no(Finding finding, String why) {
            return new Entry(Optional.empty(), Optional.of(new Refusal(finding, why)));
        }
    }

    /**
     * Who this is.
     *
     * @param token what he shows
     * @param from the address that he calls from
     * @param what he asks for, for the record
     */
    public Entry admit(Optional<String> token, String from, String what) {
        if (isOpen()) {
            return Entry.of(new Caller("anybody", Role.ADMIN, from));
        }
        var entry = token.map(shown -> known(shown, from))
                .orElseGet(() -> Entry.no(Finding.TOKEN_MISSING, "this node wants a token, and none was sent"));
        if (entry.refusal().isPresent() && !wrong.take(from)) {
            // those with a right token are let in from there all the same: many may share an address
            return Entry.no(
                    Finding.TOO_MANY_REQUESTS, "too many wrong tokens from " + from + "; try again in some seconds");
        }
        entry.refusal().ifPresent(refusal -> audit.unknown(from, what, refusal));
        return entry;
    }

    private Entry known(String token, String from) {
        return tokens.flatMap(all -> all.find(token))
                .map(known -> Entry.of(new Caller(known.name(), known.role(), from)))
                .orElseGet(() -> Entry.no(Finding.TOKEN_UNKNOWN, "this node does not know the token that was sent"));
    }

    /** Why he may not do this now, if so. */
    public Optional<Refusal> refuse(Caller who, Role needed, String what) {
        if (!requests.take(isOpen() ? who.from() : who.name())) {
            return Optional.of(new Refusal(
                    Finding.TOO_MANY_REQUESTS,
                    "more than " + REQUESTS_PER_SECOND + " requests a second; ask less often"));
        }
        if (who.role().may(needed)) {
            return Optional.empty();
        }
        var refusal = new Refusal(
                Finding.ROLE_TOO_SMALL,
                "'" + what + "' is for the role " + needed + ", and " + who.name() + " has the role " + who.role());
        audit.refused(who, what, refusal);
        return Optional.of(refusal);
    }
}
