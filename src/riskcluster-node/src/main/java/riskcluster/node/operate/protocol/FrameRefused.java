package riskcluster.node.operate.protocol;

import java.io.IOException;

/** Bytes that are no frame, or one that is too large; nothing after them can be read. */
public final class FrameRefused extends IOException {

    public FrameRefused(String message) {
        super(message);
    }

    public FrameRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
