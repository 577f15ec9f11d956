package riskcluster.node.bench;

import riskcluster.node.generate.EventClock;
import riskcluster.node.generate.Generator;
import riskcluster.node.generate.GeneratorSettings;

/** The bank whose customers pay in benches: no faults in its records, and as many alerts as a bench wants. */
final class MadeUpBank {

    /** Of its records, unless a bench wants more. */
    static final double ALERT_SHARE = 0.01;

    private MadeUpBank() {}

    /** The same seed makes the same records. */
    static Generator generator(int customers, long seed, double alertShare) {
        return new Generator(
                GeneratorSettings.usual(seed).clean().withCustomers(customers).withAlertShare(alertShare),
                EventClock.natural(EventClock.USUAL_START, customers));
    }
}
