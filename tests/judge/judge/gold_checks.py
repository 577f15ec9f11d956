"""Gold against silver: "the contents of each gold table at a batch equal a GROUP BY over silver at that batch"."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Any, Collection, Dict, List, Optional, Sequence, Set, Tuple

import duckdb

from . import anomaly_checks, star_checks, training_checks
from .first_bands import FirstBands
from .lake import BRONZE, SILVER, Pin, PinnedTable
from .names import Names
from .quality_checks import QUALITY
from .report import Report

#: "A record corrects its windows until 7 days after their end by the watermark of its own partition".
CORRECTION_US = 7 * 86_400 * 1_000_000
_MINUTE_US = 60_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

#: What the report says of gold where it is made.
GOLD_CHECKED = "checked"

#: "exact up to 1024, above that an estimate": three standard errors of the sketch are let pass.
EXACT_MAX = 1_024
SKETCH_ERROR_MAX = 0.051


@dataclass(frozen=True)
class Windows:
    """A table of windows: the column of silver that it goes by, length and step in minutes."""

    text: Optional[str]
    length: int
    step: int
    by_currency: bool = True

    def keys(self) -> List[str]:
        """What tells its rows apart."""
        told = [self.text] if self.text else []
        return ["window_start", *told, *(["currency"] if self.by_currency else [])]


TABLES: Dict[str, Windows] = {
    "gold.merchant_10m": Windows("merchant", 10, 10),
    "gold.payment_method_10m": Windows("payment_method", 10, 10),
    "gold.country_10m": Windows("country", 10, 10),
    "gold.merchant_15m": Windows("merchant", 15, 5),
    "gold.country_30m": Windows("country", 30, 30, by_currency=False),
    "gold.platform_1h": Windows(None, 60, 60),
    "gold.user_1h": Windows("customer_key", 60, 60),
}

_ALERT = "band IN ('MEDIUM', 'HIGH', 'CRITICAL')"

#: Column to what it is over a group; these must be equal.
_EXACT = {
    "transactions": "count(*)",
    "revenue": "sum(amount)::DECIMAL(38, 4)",
    "spend": "sum(amount)::DECIMAL(38, 4)",
    "flagged": "count(*) FILTER (is_fraud)",
    "medium": "count(*) FILTER (band = 'MEDIUM')",
    "high": "count(*) FILTER (band = 'HIGH')",
    "critical": "count(*) FILTER (band = 'CRITICAL')",
    "alerts": f"count(*) FILTER ({_ALERT})",
    "suspicious": "count(*) FILTER (band IN ('HIGH', 'CRITICAL'))",
    "high_value": "count(*) FILTER (amount > 5000)",
}

#: These in floating point.
_RATIOS = {
    "average": "sum(amount)::DOUBLE / count(*)",
    "flagged_rate": "count(*) FILTER (is_fraud) / count(*)",
    "alert_rate": f"count(*) FILTER ({_ALERT}) / count(*)",
    "medium_rate": "count(*) FILTER (band = 'MEDIUM') / count(*)",
    "high_rate": "count(*) FILTER (band = 'HIGH') / count(*)",
    "critical_rate": "count(*) FILTER (band = 'CRITICAL') / count(*)",
    "high_value_rate": "count(*) FILTER (amount > 5000) / count(*)",
}

#: These within the sketch's error.
_DISTINCT = {
    "users": "count(DISTINCT customer_key)",
    "devices": "count(DISTINCT device_key)",
    "merchants": "count(DISTINCT merchant)",
}

_SPLIT = "payment_methods"

_BRONZE_COLUMNS = ("topic", "partition", "offset", "user_id", "is_fraud", "disposition", "event_time")

_SILVER_COLUMNS = (
    "amount", "currency", "merchant", "payment_method", "country", "device_key", *training_checks.SILVER_COLUMNS,
)  # fmt: skip

_MARKED = """
CREATE TABLE marked AS SELECT * FROM (
    SELECT *, max(micros) OVER (PARTITION BY source_topic, source_partition ORDER BY source_offset) AS watermark
    FROM (
        SELECT s.*, epoch_us(s.event_time) AS micros, coalesce(b.is_fraud, false) AS is_fraud, true AS stands
        FROM silver s LEFT JOIN bronze b
        ON s.source_topic = b.topic AND s.source_partition = b.partition AND s.source_offset = b."offset"
        UNION ALL BY NAME
        SELECT topic AS source_topic, partition AS source_partition, "offset" AS source_offset,
               epoch_us(event_time) AS micros, false AS stands
        FROM bronze WHERE disposition = 'erased'))
WHERE stands
"""

#: Event times of what was erased: it may still be counted where nobody is named.
_ERASED = "SELECT DISTINCT epoch_us(event_time) FROM bronze WHERE disposition = 'erased'"

#: In whose rows the erased are not.
_BY_CUSTOMER = "customer_key"

Row = Dict[str, Any]
Key = Tuple[Any, ...]


def check_gold(
    report: Report,
    pin: Pin,
    corrections: Sequence[Tuple[int, int, int]] = (),
    first: Optional[FirstBands] = None,
    names: Optional[Names] = None,
) -> None:
    """Every gold table that is there; one that this file does not know is a violation. Gold may be switched off."""
    others = (QUALITY, training_checks.CORRECTION)
    windowed = {name: pinned for name, pinned in pin.gold.items() if name not in others}
    made = any(pinned.snapshot is not None for pinned in windowed.values())
    report.facts["gold"] = GOLD_CHECKED if made else "no table of gold has ever been written: gold is off"
    if not made:
        return
    connection = duckdb.connect()
    connection.execute("SET TimeZone='UTC'")
    connection.register("silver", pin.tables[SILVER].rows(_SILVER_COLUMNS))
    connection.register("bronze", pin.tables[BRONZE].rows(_BRONZE_COLUMNS))
    connection.execute(_MARKED)
    training_checks.check_corrections(report, connection, pin.gold.get(training_checks.CORRECTION), corrections)
    star = {name: windowed.pop(name) for name in star_checks.TABLES if name in windowed}
    star_checks.check_star(report, connection, star, first, names)
    erased = [row[0] for row in connection.execute(_ERASED).fetchall()]
    for name, pinned in windowed.items():
        if name == anomaly_checks.TABLE:
            anomaly_checks.check_anomalies(report, connection, pinned)
        elif name in training_checks.TABLES:
            training_checks.TABLES[name](report, connection, pinned)
        elif report.check("gold.known").expect(name in TABLES, f"{name} is no table that the contract names"):
            windows = TABLES[name]
            disturbed = set() if windows.text == _BY_CUSTOMER else _windows_of(windows, erased)
            check_rows(report, name, windows, grouped(connection, windows), _rows(pinned), disturbed)


def _windows_of(windows: Windows, micros: Sequence[int]) -> Set[int]:
    """The starts of the windows in which these instants lie."""
    step, length = windows.step * _MINUTE_US, windows.length * _MINUTE_US
    return {one // step * step - back * step for one in micros for back in range(length // step)}


def _start(row: Row) -> int:
    return round((row["window_start"] - _EPOCH) / timedelta(microseconds=1))


def grouped(connection: duckdb.DuckDBPyConnection, windows: Windows) -> List[Row]:
    """The GROUP BY over silver."""
    step, length = windows.step * _MINUTE_US, windows.length * _MINUTE_US
    first = f"(micros - ((micros % {step}) + {step}) % {step})"
    starts = " UNION ALL ".join(
        f"SELECT *, make_timestamptz({first} - {back * step}) AS window_start FROM marked"
        f" WHERE watermark <= {first} - {back * step} + {length} + {CORRECTION_US}"
        for back in range(windows.length // windows.step)
    )
    columns = ", ".join(f"{what} AS {name}" for name, what in {**_EXACT, **_RATIOS, **_DISTINCT}.items())
    keys = ", ".join(windows.keys())
    rows = connection.execute(f"SELECT {keys}, {columns} FROM ({starts}) GROUP BY {keys}").to_arrow_table().to_pylist()
    by_key = {_key(row, windows.keys()): row for row in rows}
    split = f"SELECT {keys}, payment_method AS paid, count(*) AS times FROM ({starts}) GROUP BY {keys}, payment_method"
    for one in connection.execute(split).to_arrow_table().to_pylist():
        by_key[_key(one, windows.keys())].setdefault(_SPLIT, {})[one["paid"]] = one["times"]
    return rows


def _rows(pinned: PinnedTable) -> List[Row]:
    names = [field.name for field in pinned.table.schema().fields if field.name != "state"]
    return pinned.rows(names).to_pylist()


def check_rows(
    report: Report, name: str, windows: Windows, wanted: Sequence[Row], found: Sequence[Row],
    disturbed: Collection[int] = (),
) -> None:  # fmt: skip
    """One table's rows, found and wanted; in disturbed windows there may be more than silver has."""
    keys = windows.keys()
    right = {_key(row, keys): row for row in wanted}
    once, present = report.check("gold.each_window_once"), report.check("gold.windows")
    seen: Dict[Key, Row] = {}
    for row in found:
        key = _key(row, keys)
        once.expect(key not in seen, f"{name}: {_text(key)} stands there twice")
        seen[key] = row
        if _start(row) in disturbed:
            _check_more(report, f"{name}: {_text(key)}", right.get(key, {}), row)
            continue
        if present.expect(key in right, f"{name}: {_text(key)} is not in silver"):
            _check_row(report, f"{name}: {_text(key)}", windows, right[key], row)
    for key in right:
        present.expect(key in seen, f"{name}: {_text(key)} is missing")


def _check_more(report: Report, where: str, right: Row, row: Row) -> None:
    """A window in which somebody was erased: silver's part of it and his."""
    check = report.check("gold.erased_windows")
    for column in set(_EXACT) & set(row):
        check.expect(row[column] >= (right.get(column) or 0), f"{where}: {column} is {row[column]}, below silver's")


def _check_row(report: Report, where: str, windows: Windows, right: Row, row: Row) -> None:
    exact, ratio, distinct = report.check("gold.sums"), report.check("gold.ratios"), report.check("gold.distinct")
    length = (row["window_end"] - row["window_start"]).total_seconds() / 60
    report.check("gold.window_end").expect(length == windows.length, f"{where} is {length} minutes long")
    for column, value in row.items():
        told = f"{where}: {column} is {value}, expected {right.get(column)}"
        if column in _EXACT:
            exact.expect(value == right[column], told)
        elif column in _RATIOS:
            ratio.expect(math.isclose(value, right[column], rel_tol=1e-9, abs_tol=1e-12), told)
        elif column in _DISTINCT:
            wanted, is_exact = right[column], right[column] <= EXACT_MAX
            error = 0 if is_exact else SKETCH_ERROR_MAX * wanted
            distinct.expect(abs(value - wanted) <= error, told)
            distinct.expect(row[column + "_exact"] == is_exact, f"{told}, {column}_exact is {row[column + '_exact']}")
        elif column == _SPLIT:
            split = {one["payment_method"]: one["transactions"] for one in value}
            exact.expect(split == right[column] and len(split) == len(value), told)
        else:
            known = column in windows.keys() or column == "window_end" or column.removesuffix("_exact") in _DISTINCT
            report.check("gold.known").expect(known, f"{where} has column {column}, which the contract does not name")


def _key(row: Row, keys: Sequence[str]) -> Key:
    return tuple(row[name] for name in keys)


def _text(key: Key) -> str:
    return ", ".join(str(part) for part in key)
