"""The features and the policies against silver: what decisions saw, and by what they were made."""

from __future__ import annotations

from typing import Callable, Dict, Optional, Sequence, Tuple

import duckdb
import pyarrow as pa

from .lake import PinnedTable
from .report import Report

#: "Feature vector, version 1 (float32, in this order; NaN = missing)".
VECTOR = (
    "amount", "hour", "day_of_week", "is_weekend", "is_night", "count_30m", "count_1h", "count_1d", "avg_1d",
    "count_7d", "avg_7d", "count_30d", "avg_30d", "amount_over_avg_30d", "seconds_since_previous",
)  # fmt: skip

_OF_SILVER = (
    "transaction_id", "customer_key", "event_time", "feature_version", "points", "band", "probability",
    "policy_version", "is_late", "is_approximate", "source_topic", "source_partition", "source_offset",
)  # fmt: skip

#: What this module reads of silver.
SILVER_COLUMNS = (*_OF_SILVER, "features")

_COORDINATES = ("source_topic", "source_partition", "source_offset")

_ON_BRONZE = 's.source_topic = b.topic AND s.source_partition = b.partition AND s.source_offset = b."offset"'

#: What this module reads of the corrections.
_CORRECTION_ROWS = pa.schema([
    ("number", pa.int64()), ("source_topic", pa.string()), ("source_partition", pa.int32()),
    ("first_offset", pa.int64()), ("end_offset", pa.int64()), ("policy_version", pa.string()),
])  # fmt: skip
_CORRECTION = tuple(_CORRECTION_ROWS.names)

#: Where they stand.
CORRECTION = "gold.correction"

#: The place that decides a record: the last one at or before it. Before the first place of a partition the first holds.
#: Where its row was replaced later, the last correction says by what, or that it is as it was.
_WRONG_POLICY = """
WITH places AS (
    SELECT *, row_number() OVER before = 1 AS is_first,
           lead(first_offset) OVER before AS next_offset
    FROM policy WINDOW before AS (PARTITION BY source_topic, source_partition ORDER BY first_offset)),
standing AS (
    SELECT s.source_partition, s.source_offset, arg_max(coalesce(c.policy_version, ''), c.number) AS version
    FROM silver s JOIN correction c ON s.source_topic = c.source_topic AND s.source_partition = c.source_partition
    AND s.source_offset >= c.first_offset AND s.source_offset < c.end_offset GROUP BY ALL)
SELECT s.source_partition, s.source_offset, s.policy_version, coalesce(nullif(k.version, ''), p.policy_version)
FROM silver s LEFT JOIN places p
ON s.source_topic = p.source_topic AND s.source_partition = p.source_partition
   AND (s.source_offset >= p.first_offset OR p.is_first)
   AND (p.next_offset IS NULL OR s.source_offset < p.next_offset)
LEFT JOIN standing k ON s.source_partition = k.source_partition AND s.source_offset = k.source_offset
WHERE s.policy_version IS DISTINCT FROM coalesce(nullif(k.version, ''), p.policy_version)
ORDER BY ALL
"""


def check_corrections(
    report: Report,
    connection: duckdb.DuckDBPyConnection,
    pinned: Optional[PinnedTable],
    told: Sequence[Tuple[int, int, int]],
) -> None:
    """What the lake says was decided again is what the judge was told, in the same order."""
    check = report.check("gold.correction")
    there = pinned is not None and pinned.snapshot is not None
    rows = pinned.rows(_CORRECTION).to_pylist() if pinned is not None and there else []
    connection.register("correction", pa.Table.from_pylist(rows, schema=_CORRECTION_ROWS))
    rows.sort(key=lambda row: (row["number"], row["source_partition"]))
    found = [(row["source_partition"], row["first_offset"], row["end_offset"]) for row in rows]
    check.looked(len(found))
    check.expect(found == list(told), f"the lake was corrected at {found}, the judge was told of {list(told)}")


def check_features(report: Report, connection: duckdb.DuckDBPyConnection, pinned: PinnedTable) -> None:
    """ "The vector that each decision saw, with its decision": silver's list as columns, each decision once."""
    check = report.check("gold.features")
    columns = (*_OF_SILVER, "is_fraud", *VECTOR)
    names = {field.name for field in pinned.table.schema().fields}
    other = sorted(names ^ set(columns))
    if not check.expect(not other, f"{pinned.name} has columns too many or too few: {other}"):
        return
    connection.register("features", pinned.rows(columns))
    listed = ", ".join(columns)
    vector = ", ".join(f"s.features[{place}] AS {name}" for place, name in enumerate(VECTOR, start=1))
    defined = (
        f"SELECT {', '.join('s.' + name for name in _OF_SILVER)}, b.is_fraud, {vector}"
        f" FROM silver s LEFT JOIN bronze b ON {_ON_BRONZE}"
    )
    for what, one, without in (
        ("is not what silver says", f"SELECT {listed} FROM features", defined),
        ("is missing", defined, f"SELECT {listed} FROM features"),
    ):
        wrong = f"SELECT {', '.join(_COORDINATES)} FROM ({one} EXCEPT ALL {without}) ORDER BY ALL"
        check.violated_all(f"{place[0]}/{place[1]}/{place[2]} {what}" for place in connection.execute(wrong).fetchall())
    check.looked(_count(connection, "features"))


def check_policy(report: Report, connection: duckdb.DuckDBPyConnection, pinned: PinnedTable) -> None:
    """ "With, for each partition, the first offset it applies to": every decision's version is the one in force there."""
    check = report.check("gold.policy")
    columns = ("policy_version", "source_topic", "source_partition", "first_offset", "content")
    connection.register("policy", pinned.rows(columns))
    for wrong in connection.execute(_WRONG_POLICY).fetchall():
        check.violated(f"{wrong[0]}/{wrong[1]} was decided by {wrong[2]}, where {wrong[3]} is in force")
    twice = (
        "SELECT source_partition, first_offset FROM policy"
        " GROUP BY source_topic, source_partition, first_offset HAVING count(*) > 1"
    )
    contents = "SELECT policy_version FROM policy GROUP BY ALL HAVING count(DISTINCT content) > 1 OR min(content) = ''"
    for place in connection.execute(twice).fetchall():
        check.violated(f"two policies begin at {place[0]}/{place[1]}")
    for version in connection.execute(contents).fetchall():
        check.violated(f"{version[0]} has no content, or more than one")
    check.looked(_count(connection, "silver"))


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    row = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    return int(row[0]) if row else 0


#: The tables that this module knows.
TABLES: Dict[str, Callable[[Report, duckdb.DuckDBPyConnection, PinnedTable], None]] = {
    "gold.features": check_features,
    "gold.policy": check_policy,
}
