package riskcluster.node.generate;

/**
 * What the made-up bank looks like. Shares are of all records, in [0, 0.5].
 *
 * @param alertShare records that the default rules answer with an alert, about
 * @param badShare records that break the data contract
 * @param duplicateShare records that are sent a second time
 * @param lateShare honest records that arrive minutes to hours after they happened
 */
public record GeneratorSettings(
        long seed,
        int customers,
        int merchants,
        double alertShare,
        double badShare,
        double duplicateShare,
        double lateShare) {

    private static final int CUSTOMERS_MAX = 100_000_000;
    private static final int MERCHANTS_MAX = 1_000_000;

    public GeneratorSettings {
        within("customers", customers, 1, CUSTOMERS_MAX);
        within("merchants", merchants, 1, MERCHANTS_MAX);
        within("alert share", alertShare, 0, 0.5);
        within("bad share", badShare, 0, 0.5);
        within("duplicate share", duplicateShare, 0, 0.5);
        within("late share", lateShare, 0, 0.5);
    }

    /** 50,000 customers, 1 % alerts, and a little of everything that goes wrong. */
    public static GeneratorSettings usual(long seed) {
        return new GeneratorSettings(seed, 50_000, 2_000, 0.01, 0.001, 0.001, 0.002);
    }

    /** The same bank without bad, repeated or late records: every record is decided. */
    public GeneratorSettings clean() {
        return new GeneratorSettings(seed, customers, merchants, alertShare, 0, 0, 0);
    }

    public GeneratorSettings withCustomers(int number) {
        return new GeneratorSettings(seed, number, merchants, alertShare, badShare, duplicateShare, lateShare);
    }

    public GeneratorSettings withAlertShare(double share) {
        return new GeneratorSettings(seed, customers, merchants, share, badShare, duplicateShare, lateShare);
    }

    public GeneratorSettings withBadShare(double share) {
        return new GeneratorSettings(seed, customers, merchants, alertShare, share, duplicateShare, lateShare);
    }

    public GeneratorSettings withDuplicateShare(double share) {
        return new GeneratorSettings(seed, customers, merchants, alertShare, badShare, share, lateShare);
    }

    public GeneratorSettings withLateShare(double share) {
        return new GeneratorSettings(seed, customers, merchants, alertShare, badShare, duplicateShare, share);
    }

    private static void within(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(what + " is " + value + ", allowed: " + least + " to " + most);
        }
    }
}
