package riskcluster.node.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectMapper;

/** How the bodies of requests are read, transactions aside: as flat as those who ask write them. */
final class JsonBody {

    /** As deep as a transaction may be. */
    private static final int LEVELS_MAX = 32;

    static final ObjectMapper JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(LEVELS_MAX).build())
            .build());

    private JsonBody() {}
}
