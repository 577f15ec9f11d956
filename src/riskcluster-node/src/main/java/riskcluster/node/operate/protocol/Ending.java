package riskcluster.node.operate.protocol;

/** How a command ended. */
public enum Ending {
    /** It did what was asked, and found nothing wrong. */
    FINE,
    /** It could not do what was asked, or found something wrong. */
    FAILED,
    /** It was not asked in words that it knows. */
    USAGE,
    /** It took longer than the node allows. */
    TIMEOUT
}
