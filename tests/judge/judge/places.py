"""City and country of a location."""

from __future__ import annotations

from typing import Mapping, Optional, Tuple

_ISO_3166 = frozenset(
    """AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ
    CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR
    GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO
    JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR
    MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO
    RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV
    TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW""".split()
)
_BLANK = " \t\n\r\f\v"


def country_code(name: str, names: Mapping[str, str]) -> Optional[str]:
    """ "Country is stored as ISO 3166 alpha-2; English names are mapped by a table in the rule file." Any case.

    `names` has lower-case keys. What is neither a code nor in the table is null.
    """
    upper = name.upper()
    if upper in _ISO_3166:
        return upper
    return names.get(name.lower())


def split(location: Optional[str], names: Mapping[str, str]) -> Tuple[Optional[str], Optional[str]]:
    """ "city and country are what stands before and after the last comma, trimmed; no comma: country null"."""
    if location is None:
        return None, None
    city, comma, country = location.rpartition(",")
    if not comma:
        return location.strip(_BLANK), None
    return city.strip(_BLANK), country_code(country.strip(_BLANK), names)
