package riskcluster.node.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** A digest of what lies on a shelf, place by place. */
final class Contents {

    private static final int SHOWN_MAX = 10;
    private static final int TEXT_MAX = 1_500;

    private final Shelf shelf;
    private final Map<Place, Digest> first = new HashMap<>();
    private final TreeMap<Place, Integer> repeated = new TreeMap<>();

    private record Digest(long high, long low) {}

    private Contents(Shelf shelf) {
        this.shelf = shelf;
    }

    static Contents of(Shelf shelf) throws IOException {
        var contents = new Contents(shelf);
        var digest = digest();
        shelf.show((place, content, text) -> {
            var sum = ByteBuffer.wrap(digest.digest(content));
            if (contents.first.putIfAbsent(place, new Digest(sum.getLong(), sum.getLong())) != null) {
                contents.repeated.merge(place, 2, (times, one) -> times + 1);
            }
        });
        return contents;
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has it
        }
    }

    int size() {
        return first.size();
    }

    boolean has(Place place) {
        return first.containsKey(place);
    }

    Iterable<Place> places() {
        return first.keySet();
    }

    /** What stands here more than once. */
    List<String> repetitions() {
        return repeated.entrySet().stream()
                .limit(SHOWN_MAX)
                .map(each -> shelf.name() + ": input " + each.getKey() + " stands here " + each.getValue() + " times")
                .toList();
    }

    /** What differs from {@code wanted}, each with its coordinates; the first few with both contents. */
    List<String> differences(Contents wanted) throws IOException {
        var missing = places(wanted, this);
        var extra = places(this, wanted);
        var other = new TreeSet<Place>();
        first.forEach((place, digest) -> {
            var theirs = wanted.first.get(place);
            if (theirs != null && !theirs.equals(digest)) {
                other.add(place);
            }
        });
        var found = new ArrayList<String>();
        tell("is missing", missing, wanted.texts(missing), found);
        tell("should not be here", extra, texts(extra), found);
        tell("differs: here", other, texts(other), found);
        tell("differs: undisturbed", other, wanted.texts(other), found);
        return found;
    }

    private static TreeSet<Place> places(Contents in, Contents notIn) {
        var places = new TreeSet<Place>();
        in.first.keySet().stream().filter(place -> !notIn.has(place)).forEach(places::add);
        return places;
    }

    private void tell(String what, TreeSet<Place> places, Map<Place, String> texts, List<String> found) {
        if (places.isEmpty()) {
            return;
        }
        found.add(shelf.name() + ": " + places.size() + " " + what + ", first " + places.first() + ", last "
                + places.last());
        texts.forEach((place, text) -> found.add("  " + shelf.name() + ": input " + place + " " + what + ": "
                + text.substring(0, Math.min(TEXT_MAX, text.length()))));
    }

    /** What lies at the first few of these places, for people. */
    private Map<Place, String> texts(TreeSet<Place> places) throws IOException {
        var texts = new TreeMap<Place, String>();
        if (places.isEmpty()) {
            return texts;
        }
        var shown = new TreeSet<>(places.stream().limit(SHOWN_MAX).toList());
        shelf.show((place, content, text) -> {
            if (shown.contains(place)) {
                texts.putIfAbsent(place, text.get());
            }
        });
        return texts;
    }
}
