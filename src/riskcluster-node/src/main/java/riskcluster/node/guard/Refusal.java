package riskcluster.node.guard;

import riskcluster.node.explain.Finding;

/**
 * What somebody is not given, and in one sentence why.
 *
 * @param finding its number and what to do
 * @param why the sentence, without the number
 */
public record Refusal(Finding finding, String why) {

    /** For the one who asked. */
    public String sentence() {
        return finding.code() + ": " + why;
    }
}
