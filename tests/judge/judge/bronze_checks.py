"""Bronze against the log: "Each input record ends in exactly one of `bronze.transactions` and `bronze.rejected`"."""

from __future__ import annotations

import re
from collections import Counter
from typing import Dict, List, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .compare import compare_column, header_list, offset_text, one_chunk, short
from .expected import PARSED, Expected
from .model import Record
from .report import OFFENDERS_MAX, Check, Report

REASON = re.compile(r"RC-[0-9]{4}")


def of_partition(table: pa.Table, column: str, order: str, partition: int) -> pa.Table:
    """The rows of one partition, by offset."""
    return table.filter(pc.equal(table[column], partition)).sort_by(order)


def offsets_in(table: pa.Table, column: str) -> np.ndarray:
    """The offsets of the rows, ascending as the rows are."""
    return np.asarray(one_chunk(table[column]).to_numpy(zero_copy_only=False), dtype=np.int64)


def first_rows(found: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    """Where each wanted offset stands first among the found ones; all must be there."""
    return np.searchsorted(found, wanted)


def check_coverage(check: Check, name: str, wanted: Sequence[int], found: np.ndarray, where: str) -> np.ndarray:
    """Each wanted offset once, no other; gives those that are in both."""
    expected = np.asarray(wanted, dtype=np.int64)
    check.looked(len(expected))
    present, counts = np.unique(found, return_counts=True)
    for said, offsets in (
        ("is missing from", np.setdiff1d(expected, present)),
        ("does not belong in", np.setdiff1d(present, expected)),
        ("is more than once in", present[counts > 1]),
    ):
        for offset in offsets[:OFFENDERS_MAX]:
            check.violated(f"{where}/{offset} {said} {name}")
        if len(offsets) > OFFENDERS_MAX:
            check.violated("more", len(offsets) - OFFENDERS_MAX)
    return np.intersect1d(expected, present)


def check_sources(report: Report, name: str, table: pa.Table, columns: Sequence[str], topic: str, parts: set) -> None:
    """No row comes from elsewhere."""
    check = report.check("bronze.sources" if name.startswith("bronze") else "silver.sources")
    seen: Counter = Counter(
        {
            (row["topic"], row["partition"]): row["rows"]
            for row in table.rename_columns(dict(zip(columns, ("topic", "partition"))))
            .group_by(["topic", "partition"])
            .aggregate([([], "count_all")])
            .rename_columns({"count_all": "rows"})
            .to_pylist()
        }
    )
    for (source, partition), rows in seen.items():
        check.looked(rows)
        if source != topic or partition not in parts:
            check.violated(f"{name} has {rows} rows of {source}/{partition}", rows)


def check_bronze(report: Report, expected: Expected, accepted: pa.Table, rejected: pa.Table, topic: str) -> None:
    """Bronze and rejected rows of one partition, sorted by offset."""
    where = f"{topic}/{expected.partition}"
    once = report.check("bronze.each_record_once")
    in_bronze, in_rejected = offsets_in(accepted, "offset"), offsets_in(rejected, "offset")
    wanted = [record.offset for record in expected.accepted]
    common = check_coverage(once, "bronze.transactions", wanted, in_bronze, where)
    refused = {record.offset: record for record, _ in expected.rejected if record.offset < expected.limit}
    common_rejected = check_coverage(once, "bronze.rejected", list(refused), in_rejected, where)

    rows = accepted.take(first_rows(in_bronze, common))
    index = first_rows(np.asarray(wanted, dtype=np.int64), common)
    records = [expected.accepted[i] for i in index]
    _check_wire(report.check("bronze.original_bytes"), records, rows, topic)
    name = offset_text(topic, expected.partition, common.tolist())
    disposition = [expected.disposition[i] for i in index]
    compare_column(report.check("bronze.disposition"), "disposition", disposition, rows["disposition"], name)
    for column in PARSED:
        if column in rows.column_names:
            values = [expected.parsed[column][i] for i in index]
            compare_column(report.check(f"bronze.{column}"), column, values, rows[column], name)

    rows = rejected.take(first_rows(in_rejected, common_rejected))
    records = [refused[offset] for offset in common_rejected.tolist()]
    _check_wire(report.check("rejected.original_bytes"), records, rows, topic)
    _check_reasons(report.check("rejected.reason"), records, rows, topic)


def _check_wire(check: Check, records: List[Record], rows: pa.Table, topic: str) -> None:
    """ "`topic, partition, offset, kafka_time, ... key, value, headers`" are the record's own."""
    if not records:
        return
    name = offset_text(topic, records[0].partition, [record.offset for record in records])
    compare_column(check, "key", [record.key for record in records], rows["key"], name)
    compare_column(check, "value", [record.value for record in records], rows["value"], name)
    compare_column(check, "kafka_time", [record.kafka_ms * 1_000 for record in records], rows["kafka_time"], name)
    headers = one_chunk(rows["headers"])
    said = np.diff(headers.offsets.to_numpy()) > 0
    sent = np.fromiter((bool(record.headers) for record in records), dtype=bool, count=len(records))
    for row in np.flatnonzero(said | sent).tolist():
        found, wanted = header_list(headers[row].as_py()), list(records[row].headers)
        if found == wanted:
            check.looked(1)
        else:
            check.expect(False, f"{name(row)}: headers are {short(found)}, expected {short(wanted)}")


def _check_reasons(check: Check, records: List[Record], rows: pa.Table, topic: str) -> None:
    """ "`dq_reason` (RC-nnnn), `dq_detail`": a numbered reason, and words."""
    reasons, details = rows["reason"].to_pylist(), rows["detail"].to_pylist()
    for record, reason, detail in zip(records, reasons, details):
        name = f"{topic}/{record.partition}/{record.offset}"
        check.expect(bool(REASON.fullmatch(reason or "")), f"{name}: reason {reason!r}")
        check.expect(bool(detail), f"{name}: no detail")


def reasons_by_offset(rows: pa.Table) -> Dict[int, tuple]:
    """Offset to (reason, detail)."""
    return dict(
        zip(rows["offset"].to_pylist(), zip(rows["reason"].to_pylist(), rows["detail"].to_pylist()))
    )
