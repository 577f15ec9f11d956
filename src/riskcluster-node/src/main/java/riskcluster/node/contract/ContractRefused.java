package riskcluster.node.contract;

/** A contract file that cannot be worked with: the file, the line, what is wrong and what is allowed. */
public final class ContractRefused extends IllegalArgumentException {

    ContractRefused(String file, int line, String reason) {
        super(file + (line > 0 ? ":" + line : "") + ": " + reason);
    }
}
