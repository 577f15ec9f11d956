package riskcluster.lakehouse.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import riskcluster.contracts.log.LogPartition;

/** How far a batch reaches: the next offset of every partition that was ever committed. */
public final class Offsets {

    /** Of a lake without batches. */
    public static final Offsets NONE = new Offsets(new TreeMap<>());

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<TreeMap<String, TreeMap<Integer, Long>>> SHAPE = new TypeReference<>() {};

    private final TreeMap<String, TreeMap<Integer, Long>> byTopic;

    private Offsets(TreeMap<String, TreeMap<Integer, Long>> byTopic) {
        this.byTopic = byTopic;
    }

    /** From {@code {"topic":{"0":next offset, ...}}}. */
    public static Offsets parse(String json) {
        try {
            return new Offsets(JSON.readValue(json, SHAPE));
        } catch (JsonProcessingException failure) {
            throw new IllegalArgumentException("these are no offsets: " + json, failure);
        }
    }

    /** These, with each of {@code further} put in the place of what was there. */
    public Offsets with(Map<LogPartition, Long> further) {
        var next = new TreeMap<String, TreeMap<Integer, Long>>();
        byTopic.forEach((topic, partitions) -> next.put(topic, new TreeMap<>(partitions)));
        further.forEach((source, offset) ->
                next.computeIfAbsent(source.topic(), topic -> new TreeMap<>()).put(source.partition(), offset));
        return new Offsets(next);
    }

    /** Next offset by partition. */
    public Map<LogPartition, Long> byPartition() {
        var flat = new LinkedHashMap<LogPartition, Long>();
        byTopic.forEach((topic, partitions) ->
                partitions.forEach((partition, offset) -> flat.put(new LogPartition(topic, partition), offset)));
        return flat;
    }

    /** The form that stands in {@code rc.offsets} and in the batch row; partitions in order. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(byTopic);
        } catch (JsonProcessingException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Offsets that && byTopic.equals(that.byTopic);
    }

    @Override
    public int hashCode() {
        return byTopic.hashCode();
    }

    @Override
    public String toString() {
        return toJson();
    }
}
