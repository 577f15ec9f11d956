"""Anomalies: "per user and size (5 s, 1 min) ... decided when the user's partition's watermark passes the window's end"."""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import Any, Callable, Collection, Dict, Iterable, Iterator, List, Mapping, Optional, Sequence, Tuple

import duckdb
import pyarrow as pa

from . import times
from .kafka import Log
from .lake import PinnedTable
from .model import Record
from .report import Report

TABLE = "gold.anomalies"
TYPE = "riskcluster.anomaly.v1"

SECONDS = (5, 60)
_SECOND_US = 1_000_000
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)

#: "at least 10; anomaly if count >= 5 and (count - mean) / max(deviation, 1) >= 3".
WINDOWS_MIN = 10
COUNT_MIN = 5
Z_MIN = 3.0

COLUMNS = (
    "anomaly_id", "customer_key", "window_seconds", "window_start", "window_end", "transactions", "windows", "mean",
    "deviation", "z_score", "source_topic", "source_partition", "source_offset",
)  # fmt: skip

_LOG = """
SELECT source_topic, source_partition, source_offset, customer_key, epoch_us(event_time) AS micros FROM silver
UNION ALL
SELECT topic, partition, "offset", NULL, epoch_us(event_time) FROM bronze WHERE disposition = 'erased'
ORDER BY ALL
"""

Place = Tuple[str, int]


@dataclass
class Tempo:
    """A customer's windows of one length: the last one, and count, mean and squares of those before it (Welford)."""

    window: int
    count: int = 0
    closed: int = 0
    mean: float = 0.0
    squares: float = 0.0

    def close(self) -> None:
        """The window takes no more."""
        self.closed += 1
        away = self.count - self.mean
        self.mean += away / self.closed
        self.squares += away * (self.count - self.mean)

    def deviation(self) -> float:
        """Of the sample."""
        return math.sqrt(self.squares / (self.closed - 1)) if self.closed > 1 else 0.0

    def z_score(self) -> float:
        """Of the window that is counted."""
        return (self.count - self.mean) / max(self.deviation(), 1.0)


@dataclass
class Partition:
    """A partition's log, record by record."""

    watermark: Optional[int] = None
    tempos: Dict[Tuple[int, str], Tempo] = field(default_factory=dict)
    open: Dict[int, Dict[str, Tempo]] = field(default_factory=lambda: {seconds: {} for seconds in SECONDS})

    def follow(self, customer: Optional[str], micros: int) -> Iterator[Dict[str, Any]]:
        """The anomalies that this record closes; an erased one has no customer and counts for nobody."""
        if self.watermark is None or micros > self.watermark:
            self.watermark = micros
            for seconds in SECONDS:
                yield from self._close(seconds, micros // (seconds * _SECOND_US))
        for seconds in SECONDS if customer is not None else ():
            window = micros // (seconds * _SECOND_US)
            if window == self.watermark // (seconds * _SECOND_US):
                tempo = self.tempos.setdefault((seconds, customer), Tempo(window))
                tempo.window = window
                tempo.count += 1
                self.open[seconds][customer] = tempo

    def _close(self, seconds: int, reached: int) -> Iterator[Dict[str, Any]]:
        if all(tempo.window == reached for tempo in self.open[seconds].values()):
            return
        for customer, tempo in self.open[seconds].items():
            if tempo.count >= COUNT_MIN and tempo.closed >= WINDOWS_MIN and tempo.z_score() >= Z_MIN:
                yield _anomaly(seconds, customer, tempo)
            tempo.close()
            tempo.count = 0
        self.open[seconds] = {}


def _anomaly(seconds: int, customer: str, tempo: Tempo) -> Dict[str, Any]:
    start = tempo.window * seconds * _SECOND_US
    return {
        "anomaly_id": f"{customer}/{seconds}s/{start}",
        "customer_key": customer,
        "window_seconds": seconds,
        "window_start": start,
        "window_end": start + seconds * _SECOND_US,
        "transactions": tempo.count,
        "windows": tempo.closed,
        "mean": tempo.mean,
        "deviation": tempo.deviation(),
        "z_score": tempo.z_score(),
    }


def expected(log: Iterable[Tuple[str, int, int, Optional[str], int]]) -> Dict[str, Dict[str, Any]]:
    """Every anomaly of the log by its id: topic, partition, offset, customer and event time in the log's order."""
    partitions: Dict[Place, Partition] = {}
    found: Dict[str, Dict[str, Any]] = {}
    for topic, number, offset, customer, micros in log:
        for anomaly in partitions.setdefault((topic, number), Partition()).follow(customer, micros):
            place = {"source_topic": topic, "source_partition": number, "source_offset": offset}
            found[anomaly["anomaly_id"]] = {**anomaly, **place}
    return found


def check_anomalies(report: Report, connection: duckdb.DuckDBPyConnection, pinned: PinnedTable) -> None:
    """The table against silver; what it must hold is remembered for the topic."""
    wanted = expected(connection.execute(_LOG).fetchall())
    report.facts["anomalies"] = len(wanted)
    rows = pinned.rows([field.name for field in pinned.table.schema().fields]).to_pylist()
    check_rows(report, "gold.anomalies", wanted, [_plain(row) for row in rows])


def _micros(value: Any) -> int:
    """Of an instant as Arrow gives it."""
    return round((value - _EPOCH) / timedelta(microseconds=1))


def _plain(row: Mapping[str, Any]) -> Dict[str, Any]:
    return {name: _micros(value) if name.startswith("window_") and name != "window_seconds" else value
            for name, value in row.items()}  # fmt: skip


def check_rows(
    report: Report, where: str, wanted: Mapping[str, Mapping[str, Any]], rows: Sequence[Mapping[str, Any]],
    is_due: Callable[[Mapping[str, Any]], bool] = lambda one: True,
) -> None:  # fmt: skip
    """Each anomaly once, and what it says; only those that are due must be there."""
    once, right = report.check(f"{where}_once"), report.check(where)
    seen = set()
    for row in rows:
        name = row["anomaly_id"]
        once.expect(name not in seen, f"{name} is there twice")
        seen.add(name)
        due = wanted.get(name)
        if right.expect(due is not None, f"{name} follows from nothing"):
            assert due is not None
            for column in row:
                found, value = row[column], due.get(column)
                same = math.isclose(found, value, rel_tol=1e-9) if isinstance(value, float) else found == value
                right.expect(same, f"{name}: {column} is {found}, expected {value}")
    for name, due in wanted.items():
        right.expect(name in seen or not is_due(due), f"{name} is missing")


class TopicChecks:
    """The topic of anomalies against silver."""

    def __init__(
        self,
        report: Report,
        cluster: str,
        silver: pa.Table,
        bronze: pa.Table,
        erased: Collection[str] = (),
        now_named: Optional[Callable[[str], str]] = None,
    ) -> None:
        self._report = report
        self._now_named = now_named
        self._erased = erased
        self._source = f"/riskcluster/{cluster}"
        connection = duckdb.connect()
        connection.register("silver", silver)
        connection.register("bronze", bronze)
        self._wanted = expected(connection.execute(_LOG).fetchall())

    def check(self, messages: Log, reached: Mapping[Place, int], running: bool) -> None:
        """Messages by partition; `reached` is the offset up to which silver goes, past which nothing can be said."""
        rows: List[Dict[str, Any]] = []
        last: Dict[int, int] = {}
        for partition, records in messages.items():
            for record in records:
                row = self._row(partition, record)
                if row is not None and row.get("customer_key") not in self._erased:
                    last[partition] = max(last.get(partition, -1), row["source_offset"])
                    if row["source_offset"] < reached.get((row["source_topic"], partition), 0):
                        rows.append(row)

        def is_due(one: Mapping[str, Any]) -> bool:
            return not running or one["source_offset"] < last.get(one["source_partition"], -1)

        check_rows(self._report, "anomalies.topic", self._wanted, rows, is_due)

    def _row(self, partition: int, record: Record) -> Optional[Dict[str, Any]]:
        check = self._report.check("anomalies.message")
        headers = {name: (value or b"").decode("utf-8", "replace") for name, value in record.headers}
        name = headers.get("ce_id", "")
        try:
            body = json.loads(record.value or b"")
            topic, number, offset = headers["ce_cause"].rsplit("/", 2)
            row = {column: body[column] for column in COLUMNS if column in body}
            row["window_start"] = times.from_iso(body["window_start"])
            row["window_end"] = times.from_iso(body["window_end"])
            row.update(source_topic=topic, source_partition=int(number), source_offset=int(offset))
        except (ValueError, KeyError) as error:
            check.violated(f"message {partition}/{record.offset} ({name}): {error!r}")
            return None
        right = {
            "ce_specversion": "1.0", "ce_type": TYPE, "ce_source": self._source, "ce_id": body.get("anomaly_id"),
            "content-type": "application/json",
        }  # fmt: skip
        for header, value in right.items():
            check.expect(headers.get(header) == value, f"{name}: {header} is {headers.get(header)!r}")
        check.expect(times.from_iso(headers.get("ce_time", "")) == row["window_end"], f"{name}: ce_time")
        check.expect(record.key == str(body.get("user_id")).encode("utf-8"), f"{name}: key is {record.key!r}")
        check.expect(row["source_partition"] == partition, f"{name} is in partition {partition}")
        check.expect(set(COLUMNS[:10]) | {"user_id"} == set(body), f"{name}: the body has {sorted(body)}")
        if self._now_named is not None:  # the topic keeps the name of its time
            named = self._now_named(str(body.get("user_id")))
            row["anomaly_id"] = row["anomaly_id"].replace(row["customer_key"], named)
            row["customer_key"] = named
        return row
