package riskcluster.actors.policy;

import java.time.ZoneId;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The countries a policy knows: every ISO 3166 alpha-2 code, names for some of them, and local time for some. */
final class Countries {
    // A list of our own: one that came with the JDK would change decisions with the JDK.
    private static final Set<String> CODES = Set.of(("AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG"
                    + " BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW"
                    + " CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL"
                    + " GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE"
                    + " KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM"
                    + " MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH"
                    + " PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS"
                    + " ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG"
                    + " VI VN VU WF WS YE YT ZA ZM ZW")
            .split(" "));

    private final Map<String, String> codesByName;
    private final Map<String, ZoneRules> zones;

    Countries(Map<String, String> codesByName, Map<String, ZoneId> zones) {
        var names = new HashMap<String, String>();
        codesByName.forEach((name, code) -> names.put(name.toLowerCase(Locale.ROOT), code));
        this.codesByName = Map.copyOf(names);
        var rules = new HashMap<String, ZoneRules>();
        zones.forEach((code, zone) -> rules.put(code, zone.getRules()));
        this.zones = Map.copyOf(rules);
    }

    static boolean isCode(String text) {
        return CODES.contains(text);
    }

    @Nullable
    String code(String codeOrName) {
        var upper = codeOrName.toUpperCase(Locale.ROOT);
        return CODES.contains(upper) ? upper : codesByName.get(codeOrName.toLowerCase(Locale.ROOT));
    }

    Optional<ZoneRules> zone(String code) {
        return zones.isEmpty() ? Optional.empty() : Optional.ofNullable(zones.get(code));
    }
}
