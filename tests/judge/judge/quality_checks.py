"""What the program says of its own batches: a row for each rule of each batch, and no rule of weight broken."""

from __future__ import annotations

from .lake import Pin
from .report import Report

QUALITY = "gold.data_quality"


def check_quality(report: Report, pin: Pin) -> None:
    """The results up to the pinned batch. Nodes from before there were any have no such table."""
    pinned = pin.gold.get(QUALITY)
    if pinned is None or pinned.snapshot is None:
        return
    once, kept, known = report.check("quality.once"), report.check("quality.kept"), report.check("quality.batch")
    seen = set()
    for row in pinned.rows().to_pylist():
        where = f"{row['rule']} of {row['table_name']} in batch {row['batch_id']}"
        key = (row["batch_id"], row["table_name"], row["rule"])
        once.expect(key not in seen, f"{where} stands there twice")
        seen.add(key)
        known.expect(pin.batch is None or 1 <= row["batch_id"] <= pin.batch, f"{where} is of no batch up to {pin.batch}")
        kept.expect(
            row["passed"] or row["severity"] != "error",
            f"{where} found {row['observed']}, allowed: {row['expected']}",
        )
