package riskcluster.node.generate;

/** Why a generated record is what it is: the label, known later and never sent. */
public enum Scenario {
    /** An honest transaction. */
    NORMAL,
    /** One amount far above what the customer is used to. */
    AMOUNT_OUT_OF_HABIT,
    /** Bought at a terminal that is in the hands of a thief that day. */
    COMPROMISED_TERMINAL,
    /** A stranger uses the account: new device, another country, fast money. */
    ACCOUNT_TAKEOVER,
    /** Many small payments within minutes. */
    BURST;

    /** Whether somebody else than the customer did this. */
    public boolean isFraud() {
        return this != NORMAL;
    }

    /** As it stands in label files. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
