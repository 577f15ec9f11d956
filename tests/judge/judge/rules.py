"""The rule file and the kinds of rule: a new kind is one function and one line of `KINDS`."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Callable, Dict, List, Mapping, Optional, Tuple

from . import times
from .accept import units_of
from .forest import Forest
from .history import History
from .model import UNITS_PER_ONE, Fired, Transaction

#: "Bands: CRITICAL >= 75, HIGH >= 50, MEDIUM >= 25, LOW >= 10, else MINIMAL."
BANDS = ("CRITICAL", "HIGH", "MEDIUM", "LOW", "MINIMAL")


@dataclass(slots=True)
class Facts:
    """What the rules may look at for one record."""

    tx: Transaction
    country: Optional[str]
    local_hour: int
    local_day: int
    history: History

    def window(self, length_us: int) -> Tuple[int, int]:
        """Count and sum in units of the window, "plus itself"."""
        count, units = self.history.window(self.tx.event_us, length_us)
        return count + 1, units + self.tx.units


Test = Callable[[Facts], Optional[str]]


def amount_text(units: int) -> str:
    """An amount as a plain decimal without trailing zeros."""
    text = format(Decimal(units) / UNITS_PER_ONE, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def _money(letters: Any) -> int:
    units = units_of(str(letters))
    if units is None:
        raise ValueError(f"not an amount: {letters!r}")
    return units


def _amount_above(spec: Mapping[str, Any], file: Mapping[str, Any]) -> Test:
    """ "amount > 5000, whatever the currency (limits per currency may stand in the file)"."""
    threshold = _money(spec["threshold"])
    limits = {c: _money(v) for c, v in (spec.get("limits") or file.get("amount_limits") or {}).items()}

    def test(facts: Facts) -> Optional[str]:
        limit = limits.get(facts.tx.currency, threshold) if facts.tx.currency else threshold
        return amount_text(facts.tx.units) if facts.tx.units > limit else None

    return test


def _count_above(spec: Mapping[str, Any], _: Mapping[str, Any]) -> Test:
    """ "count in (t - 30 min, t] > 5"."""
    length_us, threshold = times.span_us(spec["window"]), int(spec["threshold"])

    def test(facts: Facts) -> Optional[str]:
        count, _units = facts.window(length_us)
        return str(count) if count > threshold else None

    return test


def _flag(_: Mapping[str, Any], __: Mapping[str, Any]) -> Test:
    """ "`is_fraud` is true"."""
    return lambda facts: "true" if facts.tx.is_fraud else None


def _payment_method_in(spec: Mapping[str, Any], _: Mapping[str, Any]) -> Test:
    """ "payment method `crypto` or `cryptocurrency`, any case"."""
    values = {str(value).lower() for value in spec["values"]}

    def test(facts: Facts) -> Optional[str]:
        method = facts.tx.payment_method
        return method if method is not None and method.lower() in values else None

    return test


def _country_in(spec: Mapping[str, Any], _: Mapping[str, Any]) -> Test:
    """ "country in the file's list"."""
    values = set(spec["values"])
    return lambda facts: facts.country if facts.country in values else None


def _local_hour_in(spec: Mapping[str, Any], _: Mapping[str, Any]) -> Test:
    """ "local hour >= 23 or < 5": from the first hour (in it) to the last (not in it), over midnight if need be."""
    start, end = int(spec["from"]), int(spec["to"])
    hours = {h % 24 for h in range(start, end if start <= end else end + 24)}
    return lambda facts: str(facts.local_hour) if facts.local_hour in hours else None


def _local_day_in(spec: Mapping[str, Any], _: Mapping[str, Any]) -> Test:
    """ "local Saturday or Sunday": ISO days 6 and 7."""
    days = {int(day) for day in spec["days"]}
    return lambda facts: str(facts.local_day) if facts.local_day in days else None


def _amount_over_average(spec: Mapping[str, Any], _: Mapping[str, Any]) -> Test:
    """Amount above `factor` times the average of the window (itself included) that holds at least `min_count`."""
    length_us, factor = times.span_us(spec["window"]), Decimal(str(spec["factor"]))
    min_count = int(spec.get("min_count", 1))

    def test(facts: Facts) -> Optional[str]:
        count, units = facts.window(length_us)
        if count < min_count or not facts.tx.units * count > factor * units:
            return None
        return amount_text(facts.tx.units)

    return test


KINDS: Dict[str, Callable[[Mapping[str, Any], Mapping[str, Any]], Test]] = {
    "amount_above": _amount_above,
    "count_above": _count_above,
    "flag": _flag,
    "payment_method_in": _payment_method_in,
    "country_in": _country_in,
    "local_hour_in": _local_hour_in,
    "local_day_in": _local_day_in,
    "amount_over_average": _amount_over_average,
}


@dataclass(frozen=True)
class Rules:
    """A rule file, ready to be applied."""

    name: str
    tests: Tuple[Tuple[str, int, Test], ...]
    floors: Tuple[Tuple[int, str], ...]
    alert_bands: frozenset
    country_names: Mapping[str, str]
    country_zones: Mapping[str, str]
    lateness_us: int
    model: Optional[Forest] = None
    key_version: int = 1

    @staticmethod
    def read(path: Path) -> "Rules":
        """The rules of a JSON file."""
        file = json.loads(Path(path).read_text("utf-8"), parse_float=Decimal)
        model = file.get("model")
        rules = Rules.of(file)
        return replace(rules, model=Forest.read(Path(path).parent / model)) if model else rules

    @staticmethod
    def of(file: Mapping[str, Any]) -> "Rules":
        """The rules of a file's content; an unknown kind raises ValueError."""
        tests: List[Tuple[str, int, Test]] = []
        for spec in file["rules"]:
            if spec["kind"] not in KINDS:
                raise ValueError(f"rule {spec['id']}: the judge knows no kind {spec['kind']!r}")
            tests.append((spec["id"], int(spec["points"]), KINDS[spec["kind"]](spec, file)))
        bands = file.get("bands") or {"CRITICAL": 75, "HIGH": 50, "MEDIUM": 25, "LOW": 10}
        floors = sorted(((int(floor), band) for band, floor in bands.items()), reverse=True)
        return Rules(
            name=str(file.get("name", "")),
            tests=tuple(tests),
            floors=tuple(floors),
            alert_bands=frozenset(BANDS[: BANDS.index(file.get("alert_from", "MEDIUM")) + 1]),
            country_names={n.lower(): code for n, code in (file.get("country_names") or {}).items()},
            country_zones=dict(file.get("country_zones") or {}),
            lateness_us=times.span_us(file.get("lateness", "PT1H")),
            key_version=int(file.get("key_version", 1)),
        )

    def fired(self, facts: Facts) -> Tuple[Fired, ...]:
        """The rules that fire, in the file's order."""
        found = []
        for rule, points, test in self.tests:
            observed = test(facts)
            if observed is not None:
                found.append(Fired(rule, points, observed))
        return tuple(found)

    def band(self, points: int) -> str:
        """The band of a sum of points."""
        for floor, band in self.floors:
            if points >= floor:
                return band
        return BANDS[-1]


class Schedule:
    """Which rules are in force at an offset: "for each partition, the first offset it applies to"."""

    def __init__(self, first: Rules) -> None:
        self._switches: Dict[int, List[Tuple[int, Rules]]] = {}
        self._corrections: Dict[int, List[Tuple[int, int, Optional[Rules]]]] = {}
        self._told: List[Tuple[int, int, int]] = []
        self._first = first

    def switch(self, partition: int, offset: int, rules: Rules) -> None:
        """From this offset of the partition on, other rules."""
        self._switches.setdefault(partition, []).append((offset, rules))
        self._switches[partition].sort(key=lambda one: one[0])

    def spans(self, partition: int) -> List[Tuple[float, float, Rules]]:
        """From which offset to before which other one each of the rules is in force."""
        starts = [(-math.inf, self._first), *self._switches.get(partition, ())]
        ends = [start for start, _ in starts[1:]] + [math.inf]
        return [(start, end, rules) for (start, rules), end in zip(starts, ends)]

    def at(self, partition: int, offset: int) -> Rules:
        """The rules for a record."""
        found = self._first
        for start, rules in self._switches.get(partition, ()):
            if start <= offset:
                found = rules
        return found

    def correct(self, partition: int, start: int, end: int, rules: Optional[Rules]) -> None:
        """Silver's rows [start, end) of the partition were replaced by what these rules say; None: those of the time.
        Later corrections win. What later records see of a customer, and alerts, follow the rules of the time."""
        self._corrections.setdefault(partition, []).append((start, end, rules))
        self._told.append((partition, start, end))

    def corrections(self) -> List[Tuple[int, int, int]]:
        """Partition, first offset and end of every correction, in the order in which they were told."""
        return list(self._told)

    def corrected_at(self, partition: int, offset: int) -> Optional[Rules]:
        """The rules by which a record's row was replaced; None where those of the time stand."""
        found = None
        for start, end, rules in self._corrections.get(partition, ()):
            if start <= offset < end:
                found = rules
        return found

    def standing_at(self, partition: int, offset: int) -> Rules:
        """The rules that silver's row of a record follows."""
        return self.corrected_at(partition, offset) or self.at(partition, offset)

    def standing_spans(self, partition: int) -> List[Tuple[float, float, Rules]]:
        """As `spans`, for the rows of silver as they stand."""
        corrections = self._corrections.get(partition, ())
        cuts = sorted({float(cut) for one in corrections for cut in one[:2]})
        found = []
        for start, end, rules in self.spans(partition):
            edges = [start, *(cut for cut in cuts if start < cut < end), end]
            for low, high in zip(edges, edges[1:]):
                corrected = None if low == -math.inf else self.corrected_at(partition, int(low))
                found.append((low, high, corrected or rules))
        return found
