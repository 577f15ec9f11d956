package riskcluster.actors.anomaly;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The form at rest of open windows: how many, then of each its length's place, its tempo, and two texts. */
public final class Rushes {

    private Rushes() {}

    /** The same bytes for the same windows in the same order; big endian, each text as the number of its bytes and them. */
    public static byte[] encode(List<Rush> rushes) {
        var texts = rushes.stream()
                .map(rush -> List.of(
                        rush.userId().getBytes(UTF_8), rush.customerKey().getBytes(UTF_8)))
                .toList();
        int bytes = Integer.BYTES;
        for (var two : texts) {
            bytes += 1 + Tempo.BYTES + 2 * Integer.BYTES + two.getFirst().length + two.getLast().length;
        }
        var out = ByteBuffer.allocate(bytes).putInt(rushes.size());
        for (int i = 0; i < rushes.size(); i++) {
            out.put((byte) rushes.get(i).length());
            rushes.get(i).tempo().put(out);
            texts.get(i).forEach(text -> out.putInt(text.length).put(text));
        }
        return out.array();
    }

    /** Reads what {@link #encode} wrote, and moves to its end. */
    public static List<Rush> decode(ByteBuffer in) {
        var rushes = new ArrayList<Rush>();
        for (int left = in.getInt(); left > 0; left--) {
            int length = in.get();
            var tempo = Tempo.take(in);
            var userId = text(in);
            rushes.add(new Rush(length, userId, text(in), tempo));
        }
        return List.copyOf(rushes);
    }

    private static String text(ByteBuffer in) {
        var text = new byte[in.getInt()];
        in.get(text);
        return new String(text, UTF_8);
    }
}
