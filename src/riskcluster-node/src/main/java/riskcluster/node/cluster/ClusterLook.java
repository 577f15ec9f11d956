package riskcluster.node.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** What a node says of itself at its management door. */
final class ClusterLook implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);
    private static final int FINE = 200;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();

    /** Whether its readiness probe is answered with yes; a node that does not answer is not ready. */
    boolean isReady(NodeProcess node) throws InterruptedException {
        try {
            return ask(node, "/ready").statusCode() == FINE;
        } catch (IOException silent) {
            return false;
        }
    }

    /** The partitions that live there; none where it does not answer. */
    Set<Integer> partitions(NodeProcess node) throws InterruptedException {
        var partitions = new TreeSet<Integer>();
        try {
            for (JsonNode shard : read(node, "/cluster/shards/partition").path("regions")) {
                if (shard.path("numEntities").asInt() > 0) {
                    partitions.add(shard.path("shardId").asInt());
                }
            }
        } catch (IOException silent) {
            return Set.of();
        }
        return partitions;
    }

    /** How many members it sees that are up. */
    int membersUp(NodeProcess node) throws InterruptedException {
        int up = 0;
        try {
            for (JsonNode member : read(node, "/cluster/members").path("members")) {
                up += member.path("status").asText().equals("Up") ? 1 : 0;
            }
        } catch (IOException silent) {
            return 0;
        }
        return up;
    }

    private JsonNode read(NodeProcess node, String path) throws IOException, InterruptedException {
        return JSON.readTree(ask(node, path).body());
    }

    private HttpResponse<String> ask(NodeProcess node, String path) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://" + node.management() + path))
                .timeout(ANSWER_MAX)
                .build();
        return client.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
