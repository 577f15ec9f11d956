package riskcluster.plant;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import riskcluster.actors.alert.AlertChannel;
import riskcluster.actors.alert.CursorNote;
import riskcluster.contracts.decision.Judged;
import riskcluster.contracts.decision.Outcome;

/** A channel whose first transaction with alerts leaves the cursor where it was, so that they come again in the next. */
final class AlertBeforeCursor implements AlertChannel {

    private final AlertChannel real;
    private final List<Judged> sent = new ArrayList<>();
    private boolean done;

    AlertBeforeCursor(AlertChannel real) {
        this.real = real;
    }

    @Override
    public void send(Judged judged) {
        real.send(judged);
        if (!done && judged.outcome() instanceof Outcome.Decided) {
            sent.add(judged);
        }
    }

    @Override
    public void commit(long cursor) {
        sendBeforeCursor();
        real.commit(cursor);
    }

    @Override
    public void commit(long cursor, CursorNote note) {
        sendBeforeCursor();
        real.commit(cursor, note);
    }

    private void sendBeforeCursor() {
        if (!sent.isEmpty()) {
            real.commit(real.cursor().orElse(0));
            sent.forEach(real::send);
            sent.clear();
            done = true;
        }
    }

    @Override
    public OptionalLong cursor() {
        return real.cursor();
    }

    @Override
    public Optional<CursorNote> noted() {
        return real.noted();
    }

    @Override
    public long lastPublished() {
        return real.lastPublished();
    }

    @Override
    public void close() {
        real.close();
    }
}
