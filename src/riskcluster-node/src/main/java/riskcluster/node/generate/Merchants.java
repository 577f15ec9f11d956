package riskcluster.node.generate;

import riskcluster.node.json.JsonBytes;

/** Every shop of the made-up bank's customers: a name, and a few terminals in each. */
final class Merchants {

    private static final int TERMINALS_EACH = 8;
    private static final String[] TRADES = {
        "Lotus Market", "Blue Bakery", "North Pharmacy", "City Cinema", "Old Town Books", "Harbour Grill",
        "Green Grocer", "Fast Fuel", "Metro Tickets", "Corner Cafe", "Star Electronics", "Garden Hotel",
        "Silk Fashion", "Family Toys", "Sport Hall", "Home Depot"
    };

    private final byte[][] names;

    Merchants(int number) {
        names = new byte[number][];
        for (var i = 0; i < number; i++) {
            names[i] = JsonBytes.ascii("\"" + TRADES[i % TRADES.length] + " " + (i / TRADES.length + 1) + "\"");
        }
    }

    int number() {
        return names.length;
    }

    /** The name of a merchant as quoted JSON. */
    byte[] name(int merchant) {
        return names[merchant];
    }

    /** One of the merchant's terminals; the same {@code bits}, the same terminal. */
    int terminal(int merchant, long bits) {
        return merchant * TERMINALS_EACH + Dice.below(bits, TERMINALS_EACH);
    }
}
