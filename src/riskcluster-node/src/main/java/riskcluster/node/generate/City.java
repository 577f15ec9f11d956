package riskcluster.node.generate;

import java.util.List;
import riskcluster.node.json.JsonBytes;

/**
 * A place where customers live and pay.
 *
 * @param currency in which cards of that place are charged: only currencies of about one dollar, since the default
 *     rules compare amounts whatever their currency
 * @param zoneMinutes minutes ahead of UTC; summer time is left out
 */
record City(String name, String country, String currency, int zoneMinutes, byte[] location, byte[] quotedCurrency) {

    private static final List<City> HOMES = List.of(
            of("Hanoi", "VN", "USD", 420),
            of("Ho Chi Minh City", "VN", "USD", 420),
            of("Da Nang", "VN", "USD", 420),
            of("Hai Phong", "VN", "USD", 420),
            of("Can Tho", "VN", "USD", 420),
            of("Singapore", "SG", "SGD", 480),
            of("Sydney", "AU", "AUD", 600),
            of("Melbourne", "AU", "AUD", 600),
            of("Auckland", "NZ", "NZD", 720),
            of("Dubai", "AE", "USD", 240),
            of("Berlin", "DE", "EUR", 60),
            of("Munich", "DE", "EUR", 60),
            of("Paris", "FR", "EUR", 60),
            of("Lyon", "FR", "EUR", 60),
            of("Madrid", "ES", "EUR", 60),
            of("Rome", "IT", "EUR", 60),
            of("Vienna", "AT", "EUR", 60),
            of("Amsterdam", "NL", "EUR", 60),
            of("Zurich", "CH", "CHF", 60),
            of("London", "GB", "GBP", 0),
            of("Manchester", "GB", "GBP", 0),
            of("Dublin", "IE", "EUR", 0),
            of("Lisbon", "PT", "EUR", 0),
            of("New York", "US", "USD", -300),
            of("Boston", "US", "USD", -300),
            of("Chicago", "US", "USD", -360),
            of("Denver", "US", "USD", -420),
            of("Los Angeles", "US", "USD", -480),
            of("Seattle", "US", "USD", -480),
            of("Toronto", "CA", "CAD", -300),
            of("Vancouver", "CA", "CAD", -480));

    /** Where strangers act from: some under a call for action, some not. */
    private static final List<City> HIDEOUTS = List.of(
            of("Tehran", "IR", "USD", 210),
            of("Pyongyang", "KP", "USD", 540),
            of("Yangon", "MM", "USD", 390),
            of("Lagos", "NG", "USD", 60),
            of("Kingston", "JM", "USD", -300));

    static City home(long bits) {
        return HOMES.get(Dice.below(bits, HOMES.size()));
    }

    static City hideout(long bits) {
        return HIDEOUTS.get(Dice.below(bits, HIDEOUTS.size()));
    }

    private static City of(String name, String country, String currency, int zoneMinutes) {
        var location = JsonBytes.ascii('"' + name + ", " + country + '"');
        return new City(name, country, currency, zoneMinutes, location, JsonBytes.ascii('"' + currency + '"'));
    }
}
