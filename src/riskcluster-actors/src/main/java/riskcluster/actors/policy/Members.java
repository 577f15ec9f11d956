package riskcluster.actors.policy;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The members of one JSON object while they are taken out by name; what nobody took is refused in the end. */
final class Members {
    private static final int AMOUNT_LETTERS_MAX = 20;
    private static final int PLACES_AFTER_POINT = 4;
    private static final BigDecimal UNITS_END = BigDecimal.TEN.pow(18);

    private final String what;
    private final Json.Place place;
    private final Map<String, Json> members;
    private final Set<String> taken = new TreeSet<>();

    private Members(String what, Json.Members json) {
        this.what = what;
        this.place = json.place();
        this.members = json.members();
    }

    /** {@code what} is how messages call the object. */
    static Members of(String what, Json json) throws Json.Fault {
        if (json instanceof Json.Members object) {
            return new Members(what, object);
        }
        throw new Json.Fault(json.place(), what + " is " + said(json), "an object in braces");
    }

    boolean has(String name) {
        taken.add(name);
        return members.containsKey(name);
    }

    boolean isObject(String name) {
        return members.get(name) instanceof Json.Members;
    }

    Set<String> names() {
        return members.keySet();
    }

    Members members(String name) throws Json.Fault {
        return of("\"" + name + "\"", member(name, "an object in braces"));
    }

    List<Json> elements(String name) throws Json.Fault {
        var json = member(name, "a list in brackets");
        if (json instanceof Json.Elements list) {
            return list.elements();
        }
        throw wrong(name, json, "a list in brackets");
    }

    String text(String name) throws Json.Fault {
        var json = member(name, "a text in quotes");
        if (json instanceof Json.Text text && !text.text().isBlank()) {
            return text.text();
        }
        throw wrong(name, json, "a text in quotes that is not blank");
    }

    boolean flag(String name) throws Json.Fault {
        var json = member(name, "true or false");
        if (json instanceof Json.Word(var _, var word) && !word.equals("null")) {
            return word.equals("true");
        }
        throw wrong(name, json, "true or false");
    }

    int integer(String name, int min, int max) throws Json.Fault {
        return integer(name, member(name, "an integer from " + min + " to " + max), min, max);
    }

    /** An amount as text or number, in units of 10<sup>-4</sup>. */
    long amount(String name) throws Json.Fault {
        var allowed = "0 or more, at most 14 digits before and 4 after the point";
        var json = member(name, allowed);
        var amount = decimal(json);
        if (amount == null || amount.signum() < 0) {
            throw wrong(name, json, allowed);
        }
        var units = amount.movePointRight(PLACES_AFTER_POINT);
        if (units.stripTrailingZeros().scale() > 0 || units.compareTo(UNITS_END) >= 0) {
            throw wrong(name, json, allowed);
        }
        return units.longValueExact();
    }

    BigDecimal positive(String name) throws Json.Fault {
        var json = member(name, "a number above 0");
        var number = decimal(json);
        if (number == null || number.signum() <= 0) {
            throw wrong(name, json, "a number above 0");
        }
        return number;
    }

    Set<Integer> integers(String name, int min, int max) throws Json.Fault {
        var found = new HashSet<Integer>();
        for (var json : elements(name)) {
            found.add(integer(name, json, min, max));
        }
        return found;
    }

    Set<String> lowerCaseTexts(String name) throws Json.Fault {
        var found = new HashSet<String>();
        for (var json : elements(name)) {
            found.add(element(name, json).toLowerCase(Locale.ROOT));
        }
        return found;
    }

    Set<String> countryCodes(String name) throws Json.Fault {
        var found = new HashSet<String>();
        for (var json : elements(name)) {
            var code = element(name, json);
            if (!Countries.isCode(code)) {
                throw noCountry(json.place(), code);
            }
            found.add(code);
        }
        return found;
    }

    String countryCode(String name) throws Json.Fault {
        var code = text(name);
        checkIsCountryCode(name, code);
        return code;
    }

    void checkIsCountryCode(String name, String code) throws Json.Fault {
        if (!Countries.isCode(code)) {
            throw noCountry(placeOf(name), code);
        }
    }

    /** Refuses the first member that nobody asked for. */
    void nothingElse() throws Json.Fault {
        for (var member : members.entrySet()) {
            if (!taken.contains(member.getKey())) {
                throw new Json.Fault(
                        member.getValue().place(),
                        what + " has no field \"" + member.getKey() + "\"",
                        String.join(", ", taken));
            }
        }
    }

    Json.Fault fault(String name, String reason, String allowed) {
        return new Json.Fault(placeOf(name), reason, allowed);
    }

    private Json member(String name, String allowed) throws Json.Fault {
        taken.add(name);
        var json = members.get(name);
        if (json == null) {
            throw new Json.Fault(place, what + " lacks the field \"" + name + "\"", allowed);
        }
        return json;
    }

    private Json.Place placeOf(String name) {
        var json = members.get(name);
        return json == null ? place : json.place();
    }

    private static int integer(String name, Json json, int min, int max) throws Json.Fault {
        if (json instanceof Json.Number number
                && number.number().stripTrailingZeros().scale() <= 0
                && number.number().compareTo(BigDecimal.valueOf(min)) >= 0
                && number.number().compareTo(BigDecimal.valueOf(max)) <= 0) {
            return number.number().intValueExact();
        }
        throw wrong(name, json, "an integer from " + min + " to " + max);
    }

    private static String element(String name, Json json) throws Json.Fault {
        if (json instanceof Json.Text text && !text.text().isBlank()) {
            return text.text();
        }
        throw wrong(name, json, "texts in quotes that are not blank");
    }

    private static @org.jspecify.annotations.Nullable BigDecimal decimal(Json json) {
        return switch (json) {
            case Json.Number number -> number.number();
            case Json.Text text
            when text.text().length() <= AMOUNT_LETTERS_MAX && text.text().matches("[0-9]+(\\.[0-9]+)?") ->
                new BigDecimal(text.text());
            default -> null;
        };
    }

    private static Json.Fault noCountry(Json.Place place, String code) {
        return new Json.Fault(
                place, "there is no country \"" + code + "\"", "ISO 3166 alpha-2 in capitals, such as VN");
    }

    private static Json.Fault wrong(String name, Json json, String allowed) {
        return new Json.Fault(json.place(), "\"" + name + "\" is " + said(json), allowed);
    }

    private static String said(Json json) {
        var text = json.canonical();
        return text.length() > 60 ? text.substring(0, 60) + "..." : text;
    }
}
