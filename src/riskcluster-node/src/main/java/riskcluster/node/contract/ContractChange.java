package riskcluster.node.contract;

/**
 * One difference between two contracts.
 *
 * @param compatible whether those who rely on the old contract may rely on the new one
 * @param file where it stands
 * @param where the object or the property, with dots
 * @param what the difference, in words
 */
public record ContractChange(boolean compatible, String file, int line, String where, String what) {

    @Override
    public String toString() {
        return file + ":" + line + ": " + where + ": " + what;
    }
}
