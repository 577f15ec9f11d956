"""The decision about one accepted record: windows, features, rules, band."""

from __future__ import annotations

import math
from typing import Optional, Tuple

from . import places, times
from .history import History
from .model import UNITS_PER_ONE, Decision, Transaction
from .rules import Facts, Rules

#: "Windows as above at 30 minutes, 1 hour, 1, 7 and 30 days".
WINDOWS_US = (
    30 * times.MINUTE_US,
    times.HOUR_US,
    times.DAY_US,
    7 * times.DAY_US,
    30 * times.DAY_US,
)
FEATURES = (
    "amount", "hour", "day_of_week", "is_weekend", "is_night", "count_30m", "count_1h", "count_1d", "avg_1d",
    "count_7d", "avg_7d", "count_30d", "avg_30d", "amount_over_avg_30d", "seconds_since_previous",
)  # fmt: skip
NAN = math.nan


def average(units: int, count: int) -> float:
    """ "the sum is exact (integers of 10^-4), divided by the count in double, then cast" (the cast comes later)."""
    return float(units) / UNITS_PER_ONE / count


def decide(tx: Transaction, history: History, rules: Rules, number: int) -> Optional[Decision]:
    """The decision, entered into the history; None for a duplicate. `number` rises with the log."""
    decision = weigh(tx, history, rules)
    if decision is not None:
        history.add(tx.transaction_id, tx.event_us, tx.units, decision.late, number)
        decision.may_be_approximate = history.is_approximate(tx.event_us)
    return decision


def weigh(tx: Transaction, history: History, rules: Rules) -> Optional[Decision]:
    """What these rules would decide; the history stays as it is."""
    if history.is_duplicate(tx.transaction_id, tx.event_us):
        return None
    late = history.is_late(tx.event_us, rules.lateness_us)
    city, country = places.split(tx.location, rules.country_names)
    zone = rules.country_zones.get(country) if country else None
    hour, day = times.hour_and_day(times.local_us(tx.event_us, zone))
    sums = [(c + 1, u + tx.units) for c, u in history.windows(tx.event_us, WINDOWS_US)]
    features = _features(tx, hour, day, sums, history.previous_us())
    fired = rules.fired(Facts(tx, country, hour, day, history))
    points = sum(one.points for one in fired)
    band = rules.band(points)
    approximate = history.is_approximate(tx.event_us)
    return Decision(
        tx=tx,
        city=city,
        country=country,
        late=late,
        approximate=approximate,
        may_be_approximate=approximate,
        counts=tuple(count for count, _ in sums),  # type: ignore[arg-type]
        points=points,
        band=band,
        alert=band in rules.alert_bands,
        fired=fired,
        features=features,
    )


def _features(
    tx: Transaction, hour: int, day: int, sums: list, previous_us: Optional[int]
) -> Tuple[float, ...]:
    """ "Feature vector, version 1", in double; whoever compares casts to float32."""
    (n30m, _), (n1h, _), (n1d, u1d), (n7d, u7d), (n30d, u30d) = sums
    amount = float(tx.units) / UNITS_PER_ONE
    avg_30d = average(u30d, n30d)
    return (
        amount,
        float(hour),
        float(day),
        1.0 if day >= 6 else 0.0,
        1.0 if hour >= 23 or hour < 5 else 0.0,
        float(n30m),
        float(n1h),
        float(n1d),
        average(u1d, n1d),
        float(n7d),
        average(u7d, n7d),
        float(n30d),
        avg_30d,
        amount / avg_30d if avg_30d else NAN,
        NAN if previous_us is None else (tx.event_us - previous_us) / times.SECOND_US,
    )
