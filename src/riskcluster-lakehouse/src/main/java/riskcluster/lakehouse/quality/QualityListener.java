package riskcluster.lakehouse.quality;

import java.util.List;

/** Who is told what the rules found in a committed batch; does not block and does not throw. */
@FunctionalInterface
public interface QualityListener {

    /** Tells nobody. */
    QualityListener NONE = (batch, results) -> {};

    void found(long batch, List<QualityResult> results);
}
