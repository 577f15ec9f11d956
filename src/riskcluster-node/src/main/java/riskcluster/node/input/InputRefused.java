package riskcluster.node.input;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is not what an input file must be; the message says what is wrong and what is allowed. */
public final class InputRefused extends IOException {

    InputRefused(Path file, String why) {
        super(file + ": " + why);
    }

    InputRefused(Path file, String why, Throwable cause) {
        super(file + ": " + why, cause);
    }
}
