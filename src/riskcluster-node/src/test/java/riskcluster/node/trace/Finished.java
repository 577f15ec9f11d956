package riskcluster.node.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Keeps the spans that ended, for a test to wait for. */
final class Finished implements SpanProcessor {

    private final BlockingQueue<SpanData> spans = new LinkedBlockingQueue<>();

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        spans.add(span.toSpanData());
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    /** All that ended up to the one with this name, which is waited for. */
    List<SpanData> upTo(String name) throws InterruptedException {
        var before = new ArrayList<SpanData>();
        while (true) {
            var next = spans.poll(30, TimeUnit.SECONDS);
            if (next == null) {
                throw new AssertionError("no span " + name + " within 30 s, only " + before);
            }
            before.add(next);
            if (next.getName().equals(name)) {
                return before;
            }
        }
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }
}
