"""What was erased for privacy: a tombstone in bronze for each record, and nothing of it anywhere else."""

from __future__ import annotations

from typing import Dict, List, Mapping, Optional, Set, Tuple

import pyarrow as pa
import pyarrow.compute as pc

from .accept import AvroDecoder, accept
from .model import Record, Refusal
from .report import Report

#: In `disposition` of bronze; the first one's event time counts for the watermark.
DECIDED, DUPLICATE = "erased", "erased_duplicate"

#: In `reason` of the rejected.
REJECTED = "erased"

_CLEARED = (
    "currency", "merchant", "terminal_id", "payment_method", "location", "device_id", "is_fraud",
)  # fmt: skip


def split(accepted: pa.Table, rejected: pa.Table) -> Tuple[pa.Table, pa.Table, pa.Table, pa.Table]:
    """Bronze and rejected rows that are whole, then those that are tombstones."""
    gone = pc.is_in(accepted["disposition"], value_set=pa.array([DECIDED, DUPLICATE]))
    refused = pc.equal(rejected["reason"], REJECTED)
    whole = accepted.filter(pc.invert(gone)), rejected.filter(pc.invert(refused))
    return (*whole, accepted.filter(gone), rejected.filter(refused))


def customers(log: Mapping[int, List[Record]], accepted: pa.Table, rejected: pa.Table) -> Set[str]:
    """Who was erased, as the log still says it."""
    found: Set[str] = set()
    for tombstones in split(accepted, rejected)[2:]:
        gone = set(zip(tombstones["partition"].to_pylist(), tombstones["offset"].to_pylist()))
        for partition in {place[0] for place in gone}:
            for record in log.get(partition, []):
                if record.key and (partition, record.offset) in gone:
                    found.add(record.key.decode("utf-8", "replace"))
    return found


def check_tombstones(
    report: Report, log: List[Record], limit: int, accepted: pa.Table, rejected: pa.Table, avro: Optional[AvroDecoder]
) -> Set[int]:
    """The tombstones of one partition against its log; gives their offsets."""
    check = report.check("erased.tombstones")
    records = {record.offset: record for record in log}
    gone: Set[int] = set()
    for table in (accepted, rejected):
        for row in table.to_pylist():
            name = f"{row['topic']}/{row['partition']}/{row['offset']}"
            check.expect(row["offset"] not in gone, f"{name} stands twice")
            gone.add(row["offset"])
            record = records.get(row["offset"])
            if check.expect(record is not None, f"{name}: no such record"):
                assert record is not None
                _check_tombstone(report, name, row, record, avro)
    _check_whole(report, records, gone, limit)
    return gone


def _check_tombstone(report: Report, name: str, row: dict, record: Record, avro: Optional[AvroDecoder]) -> None:
    """Coordinates and times are the record's own; the rest is empty."""
    check, times = report.check("erased.nothing_left"), report.check("erased.times")
    times.expect(_micros(row["kafka_time"]) == record.kafka_ms * 1_000, f"{name}: kafka_time")
    for column in ("key", "value", "headers"):
        check.expect(not row[column], f"{name}: {column} is left")
    if "reason" in row:
        check.expect(not row["detail"], f"{name}: detail is left")
        return
    check.expect(not row["transaction_id"] and not row["user_id"] and not row["amount"], f"{name}: fields are left")
    for column in _CLEARED:
        check.expect(row[column] is None, f"{name}: {column} is left")
    said = accept(record, avro)
    if times.expect(not isinstance(said, Refusal), f"{name} is rejected in truth"):
        assert not isinstance(said, Refusal)
        times.expect(_micros(row["event_time"]) == said.event_us, f"{name}: event_time")


def _check_whole(report: Report, records: Dict[int, Record], gone: Set[int], limit: int) -> None:
    """Who was erased has no record left that carries his key."""
    check = report.check("erased.customers_whole")
    customers = {records[offset].key for offset in gone if offset in records and records[offset].key}
    for offset, record in records.items():
        if record.key in customers and offset < limit:
            check.expect(offset in gone, f"{record.partition}/{offset} is of a customer who was erased")


def _micros(value: object) -> int:
    return value if isinstance(value, int) else pa.scalar(value, pa.timestamp("us", "UTC")).value  # type: ignore[arg-type]
