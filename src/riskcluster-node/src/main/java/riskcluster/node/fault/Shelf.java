package riskcluster.node.fault;

import java.io.IOException;
import java.util.function.Supplier;

/** Something that holds content by the input records it comes from: a table, or a topic that is read exactly. */
interface Shelf {

    String name();

    /** Shows everything on it, in its own order. */
    void show(Visitor visitor) throws IOException;

    /** Is shown what lies on a shelf. */
    interface Visitor {

        /**
         * @param content all that a comparison looks at, equal bytes for equal content
         * @param text the same for people
         */
        void see(Place place, byte[] content, Supplier<String> text);
    }
}
