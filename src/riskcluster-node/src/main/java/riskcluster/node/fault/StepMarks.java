package riskcluster.node.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import riskcluster.contracts.log.LogPartition;
import riskcluster.contracts.step.Step;
import riskcluster.contracts.step.Steps;
import riskcluster.node.commit.CommitLoop;

/**
 * The latest step of each scope in a file mapped to memory: one byte is stored for a step, and the operating system
 * keeps it when the process is killed.
 */
final class StepMarks implements Steps {

    private final MappedByteBuffer marks;
    private final Map<String, Integer> slots;

    private StepMarks(MappedByteBuffer marks, Map<String, Integer> slots) {
        this.marks = marks;
        this.slots = slots;
    }

    /** The scopes of a node on this topic, in the order of their slots. */
    static List<String> scopes(String topic, int partitions) {
        return Stream.concat(
                        IntStream.range(0, partitions)
                                .mapToObj(partition -> new LogPartition(topic, partition).toString()),
                        Stream.of(CommitLoop.SCOPE))
                .toList();
    }

    /** Marks that begin empty. */
    static StepMarks create(Path file, List<String> scopes) throws IOException {
        Files.write(file, new byte[scopes.size()]);
        var slots = new HashMap<String, Integer>();
        for (var scope : scopes) {
            slots.put(scope, slots.size());
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return new StepMarks(channel.map(MapMode.READ_WRITE, 0, scopes.size()), Map.copyOf(slots));
        }
    }

    @Override
    public void reached(String scope, Step step) {
        var slot = slots.get(scope);
        if (slot != null) {
            marks.put(slot, (byte) (step.ordinal() + 1));
        }
    }

    /** The latest step of each scope that has taken one. */
    static Map<String, Step> read(Path file, List<String> scopes) throws IOException {
        var latest = new LinkedHashMap<String, Step>();
        if (!Files.exists(file)) {
            return latest;
        }
        var marks = ByteBuffer.wrap(Files.readAllBytes(file));
        for (int slot = 0; slot < Math.min(scopes.size(), marks.capacity()); slot++) {
            if (marks.get(slot) > 0) {
                latest.put(scopes.get(slot), Step.values()[marks.get(slot) - 1]);
            }
        }
        return latest;
    }
}
