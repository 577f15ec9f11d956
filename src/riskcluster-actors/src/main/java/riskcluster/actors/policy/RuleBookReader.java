package riskcluster.actors.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import riskcluster.contracts.decision.Band;

/** Compiles the JSON of a rule file; whatever it does not know by name is refused. */
final class RuleBookReader {
    private static final int RULES_MAX = 1_000;
    private static final int POINTS_MAX = 1_000_000;
    private static final Map<Band, Integer> BANDS_USUAL =
            Map.of(Band.CRITICAL, 75, Band.HIGH, 50, Band.MEDIUM, 25, Band.LOW, 10);

    private RuleBookReader() {}

    static RuleBook read(Json json) throws Json.Fault {
        var file = Members.of("the rule file", json);
        var name = file.text("name");
        var limits = amounts(file, "amount_limits");
        var rules = rules(file, limits);
        var floors = file.has("bands") ? bandFloors(file.members("bands")) : BANDS_USUAL;
        var alertFrom = file.has("alert_from") ? band(file, "alert_from") : Band.MEDIUM;
        long lateness =
                file.has("lateness") ? lateness(file) : Duration.ofHours(1).toNanos() / 1_000;
        int keyVersion = file.has("key_version") ? file.integer("key_version", 1, Integer.MAX_VALUE) : 1;
        boolean schemas = file.has(PolicyFile.SCHEMA_REGISTRY) && file.flag(PolicyFile.SCHEMA_REGISTRY);
        var extraFields = ExtraFieldsMember.read(file);
        var names = countries(file, "country_names");
        var zones = zones(file);
        var model = ModelMember.read(file);
        file.nothingElse();
        return new RuleBook(
                name,
                rules,
                floors,
                alertFrom,
                lateness,
                keyVersion,
                schemas,
                extraFields,
                new Countries(names, zones),
                model);
    }

    private static List<Rule> rules(Members file, Map<String, Long> limits) throws Json.Fault {
        var rules = new ArrayList<Rule>();
        var ids = new HashSet<String>();
        for (var element : file.elements("rules")) {
            var rule = Members.of("a rule", element);
            var id = rule.text("id");
            if (!ids.add(id)) {
                throw rule.fault("id", "the id \"" + id + "\" stands twice", "an id of its own for each rule");
            }
            if (ids.size() > RULES_MAX) {
                throw rule.fault("id", "there are too many rules", RULES_MAX + " rules");
            }
            rules.add(rule(id, rule, limits));
            rule.nothingElse();
        }
        return rules;
    }

    private static Rule rule(String id, Members rule, Map<String, Long> limits) throws Json.Fault {
        int points = rule.integer("points", -POINTS_MAX, POINTS_MAX);
        var kind = rule.text("kind");
        return switch (kind) {
            case "flag" -> new Rule.Flag(id, points);
            case "amount_above" ->
                new Rule.AmountAbove(
                        id, points, rule.amount("threshold"), rule.has("limits") ? amounts(rule, "limits") : limits);
            case "amount_over_average" ->
                new Rule.AmountOverAverage(
                        id, points, window(rule), rule.positive("factor"), rule.integer("min_count", 1, 4_096));
            case "count_above" ->
                new Rule.CountAbove(id, points, window(rule), rule.integer("threshold", 0, Integer.MAX_VALUE));
            case "payment_method_in" -> new Rule.PaymentMethodIn(id, points, rule.lowerCaseTexts("values"));
            case "country_in" -> new Rule.CountryIn(id, points, rule.countryCodes("values"));
            case "local_hour_in" ->
                new Rule.LocalHourIn(id, points, rule.integer("from", 0, 23), rule.integer("to", 0, 24));
            case "local_day_in" -> new Rule.LocalDayIn(id, points, rule.integers("days", 1, 7));
            default ->
                throw rule.fault(
                        "kind",
                        "there is no kind \"" + kind + "\"",
                        "flag, amount_above, amount_over_average, count_above, payment_method_in, country_in,"
                                + " local_hour_in, local_day_in");
        };
    }

    private static Window window(Members rule) throws Json.Fault {
        var text = rule.text("window");
        var window = Window.of(text);
        if (window.isEmpty()) {
            throw rule.fault("window", "there is no window \"" + text + "\"", Window.allowed());
        }
        return window.get();
    }

    private static Map<String, Long> amounts(Members parent, String name) throws Json.Fault {
        if (!parent.has(name)) {
            return Map.of();
        }
        var amounts = new LinkedHashMap<String, Long>();
        var members = parent.members(name);
        for (var currency : members.names()) {
            amounts.put(currency, members.amount(currency));
        }
        return amounts;
    }

    private static Map<Band, Integer> bandFloors(Members bands) throws Json.Fault {
        var floors = new EnumMap<Band, Integer>(Band.class);
        for (var band : List.of(Band.LOW, Band.MEDIUM, Band.HIGH, Band.CRITICAL)) {
            int floor = bands.integer(band.name(), -POINTS_MAX, Integer.MAX_VALUE);
            for (var lower : floors.entrySet()) {
                if (floor <= lower.getValue()) {
                    throw bands.fault(
                            band.name(),
                            band + " begins at " + floor + ", not above " + lower.getKey() + " at " + lower.getValue(),
                            "floors that rise from LOW to CRITICAL");
                }
            }
            floors.put(band, floor);
        }
        bands.nothingElse();
        return floors;
    }

    private static Band band(Members file, String name) throws Json.Fault {
        var text = file.text(name);
        for (var band : Band.values()) {
            if (band.name().equals(text)) {
                return band;
            }
        }
        throw file.fault(name, "there is no band \"" + text + "\"", "MINIMAL, LOW, MEDIUM, HIGH, CRITICAL");
    }

    private static long lateness(Members file) throws Json.Fault {
        var text = file.text("lateness");
        try {
            var lateness = Duration.parse(text);
            if (!lateness.isNegative() && lateness.compareTo(Duration.ofDays(365)) <= 0) {
                return lateness.toNanos() / 1_000;
            }
        } catch (DateTimeException e) {
            throw file.fault("lateness", "\"" + text + "\" is no duration", "ISO-8601, such as PT1H or PT30M");
        }
        throw file.fault("lateness", "the lateness is " + text, "PT0S to P365D");
    }

    private static Map<String, String> countries(Members file, String name) throws Json.Fault {
        if (!file.has(name)) {
            return Map.of();
        }
        var codes = new LinkedHashMap<String, String>();
        var members = file.members(name);
        for (var country : members.names()) {
            codes.put(country, members.countryCode(country));
        }
        return codes;
    }

    private static Map<String, ZoneId> zones(Members file) throws Json.Fault {
        if (!file.has("country_zones")) {
            return Map.of();
        }
        var zones = new LinkedHashMap<String, ZoneId>();
        var members = file.members("country_zones");
        for (var code : members.names()) {
            members.checkIsCountryCode(code, code);
            var zone = members.text(code);
            if (!ZoneId.getAvailableZoneIds().contains(zone)) {
                throw members.fault(
                        code, "there is no time zone \"" + zone + "\"", "an IANA name such as Asia/Ho_Chi_Minh");
            }
            zones.put(code, ZoneId.of(zone));
        }
        return zones;
    }
}
