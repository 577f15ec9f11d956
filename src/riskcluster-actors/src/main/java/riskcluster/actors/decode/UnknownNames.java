package riskcluster.actors.decode;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The unknown names of one JSON object, none of which may stand twice. Most objects have one or none: those need no set. */
final class UnknownNames {

    private final byte[] in;
    private int count;
    private int firstStart;
    private int firstEnd;
    private boolean firstEscaped;
    private @Nullable Set<String> names;

    UnknownNames(byte[] in) {
        this.in = in;
    }

    /** False where the name stands among those before it. */
    boolean add(int start, int end, boolean escaped) throws Unfit {
        if (count++ == 0) {
            firstStart = start;
            firstEnd = end;
            firstEscaped = escaped;
            return true;
        }
        var known = names;
        if (known == null) {
            known = new HashSet<>();
            known.add(JsonText.decoded(in, firstStart, firstEnd, firstEscaped));
            names = known;
        }
        return known.add(JsonText.decoded(in, start, end, escaped));
    }
}
