package riskcluster.e2e;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Somebody who asks the nodes of a cluster, one after the other, what only all of them together can answer: each question
 * goes to every partition, wherever it lives.
 */
final class Questions implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final List<String> PATHS = List.of("/v1/cluster", "/v1/customers/u1", "/v1/tables");
    private static final int FINE = 200;
    private static final int NOT_FOUND = 404;

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final Map<Integer, Integer> doors = new ConcurrentSkipListMap<>();
    private final List<String> failed = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("questions").unstarted(this::run);
    private int answered;
    private volatile boolean ended;

    static Questions ask() {
        var questions = new Questions();
        questions.thread.start();
        return questions;
    }

    /** From now on this node is asked. */
    void begin(int node, int port) {
        doors.put(node, port);
    }

    /** This node is asked no more; returns when nobody waits for its answer. */
    synchronized void end(int node) {
        doors.remove(node);
    }

    private void run() {
        for (int number = 0; !ended; number++) {
            for (var node : List.copyOf(doors.keySet())) {
                one(node, PATHS.get(number % PATHS.size()));
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private synchronized void one(int node, String path) {
        var port = doors.get(node);
        if (port == null) {
            return;
        }
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(ANSWER_MAX)
                .build();
        try {
            var answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            answered++;
            if (answer.statusCode() != FINE && answer.statusCode() != NOT_FOUND) {
                failed.add("node " + node + " " + path + ": " + answer.statusCode() + " " + answer.body());
            }
        } catch (IOException silent) {
            failed.add("node " + node + " " + path + ": " + silent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Questions that had no answer, or another one than they should. */
    synchronized List<String> failed() {
        return List.copyOf(failed);
    }

    synchronized int answered() {
        return answered;
    }

    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        client.shutdownNow();
    }
}
