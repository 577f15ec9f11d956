"""The features and the policies against silver: what decisions saw, and by what they were made."""

from __future__ import annotations

from typing import Callable, Dict, Sequence, Tuple

import duckdb

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

#: The place that decides a record: the last one at or before it. Before the first place of a partition the first holds.
_WRONG_POLICY = """
WITH places AS (
    SELECT *, row_number() OVER before = 1 AS is_first,
           lead(first_offset) OVER before AS next_offset
    FROM policy WINDOW before AS (PARTITION BY source_topic, source_partition ORDER BY first_offset))
SELECT s.source_partition, s.source_offset, s.policy_version, p.policy_version
FROM silver s LEFT JOIN places p
ON s.source_topic = p.source_topic AND s.source_partition = p.source_partition
   AND (s.source_offset >= p.first_offset OR p.is_first)
   AND (p.next_offset IS NULL OR s.source_offset < p.next_offset)
WHERE s.policy_version IS DISTINCT FROM p.policy_version AND NOT EXISTS (
    SELECT 1 FROM corrected c WHERE s.source_partition = c.part
    AND s.source_offset >= c.first AND s.source_offset < c.past)
ORDER BY ALL
"""


def note_corrections(connection: duckdb.DuckDBPyConnection, corrections: Sequence[Tuple[int, int, int]]) -> None:
    """Where rows were replaced later, by other policies than those of the time."""
    connection.execute("CREATE TABLE corrected (part INTEGER, first BIGINT, past BIGINT)")
    for one in corrections:
        connection.execute("INSERT INTO corrected VALUES (?, ?, ?)", list(one))


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
