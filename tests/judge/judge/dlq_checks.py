"""The DLQ: "what was rejected: original key, value and headers, plus headers `dq_reason` (RC-nnnn), `dq_detail`,
`dq_topic`, `dq_partition`, `dq_offset` (UTF-8 text)"; the same as bronze.rejected."""

from __future__ import annotations

from typing import Dict, List, Optional

from .accept import VALUE_BYTES_MAX
from .bronze_checks import REASON
from .compare import short
from .expected import Expected
from .model import Record
from .report import Report

MARKS = ("dq_reason", "dq_detail", "dq_topic", "dq_partition", "dq_offset")


def mark(record: Record, name: str) -> Optional[str]:
    """The last header of this name, as text: the product's own stand after the original ones."""
    for key, value in reversed(record.headers):
        if key == name:
            return None if value is None else value.decode("utf-8", "replace")
    return None


def source_offset(record: Record) -> Optional[int]:
    """The offset of the input record that a DLQ record is about."""
    text = mark(record, "dq_offset") or ""
    return int(text) if text.isdigit() else None


def check_dlq(
    report: Report, expected: Expected, letters: List[Record], progress: int, rows: Dict[int, tuple], topic: str
) -> None:
    """One partition: `rows` is bronze.rejected's (reason, detail) by offset."""
    once, wrong = report.check("dlq.once"), report.check("dlq.none_wrong")
    missing, content = report.check("dlq.none_missing"), report.check("dlq.content")
    refused = {record.offset: record for record, _ in expected.rejected}
    seen = set()
    for letter in letters:
        offset, place = source_offset(letter), f"DLQ {letter.partition}/{letter.offset}"
        origin = f"{mark(letter, 'dq_topic')}/{mark(letter, 'dq_partition')}/{mark(letter, 'dq_offset')}"
        home = mark(letter, "dq_topic") == topic and mark(letter, "dq_partition") == str(expected.partition)
        if not wrong.expect(home and offset in refused, f"{place} is about {origin}, which is not rejected there"):
            continue
        assert offset is not None
        if not once.expect(offset not in seen, f"{origin} is in the DLQ again at {place}"):
            continue
        seen.add(offset)
        original = refused[offset]
        content.expect(letter.key == original.key, f"{origin}: the key is {short(letter.key)}")
        content.expect(_same_value(letter, original), f"{origin}: the value is {short(letter.value)}")
        kept = [(key, value) for key, value in letter.headers if key not in MARKS and key != "dq_value_cut"]
        whole = len(original.value or b"") <= VALUE_BYTES_MAX
        fits = kept == list(original.headers) if whole else set(original.headers) <= set(kept)
        content.expect(fits, f"{origin}: headers {short(kept)}, expected {short(list(original.headers))}")
        reason, detail = mark(letter, "dq_reason"), mark(letter, "dq_detail")
        content.expect(bool(REASON.fullmatch(reason or "")), f"{origin}: dq_reason {reason!r}")
        if offset in rows:
            same = rows[offset] == (reason, detail)
            content.expect(same, f"{origin}: the DLQ says {(reason, detail)}, bronze.rejected {rows[offset]}")
    for offset in refused:
        if offset < progress:
            missing.expect(offset in seen, f"{topic}/{expected.partition}/{offset}")


def _same_value(letter: Record, original: Record) -> bool:
    """The original value; one larger than 1 MiB may be cut (PROTOCOL R10)."""
    if letter.value == original.value:
        return True
    if original.value is None or letter.value is None or len(original.value) <= VALUE_BYTES_MAX:
        return False
    return original.value.startswith(letter.value)
