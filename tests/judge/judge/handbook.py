"""The rows of a handbook file: what must have been sent for them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Iterator

import pyarrow as pa
import pyarrow.parquet as pq

from .accept import accept
from .kafka import Log
from .model import Refusal, Transaction
from .report import Report

#: "known by their columns".
COLUMNS = ("transaction_id", "customer_id", "tx_time", "terminal_id", "amount_cents")


def transactions(path: Path) -> Iterator[Transaction]:
    """ "`user_id`, `timestamp`, `terminal_id` and merchant `terminal-<id>`, `amount_cents`/100, `payment_method` card.
    Their labels are never sent." """
    for batch in pq.ParquetFile(path).iter_batches(columns=list(COLUMNS)):
        names, users, moments, terminals, cents = (batch.column(name) for name in COLUMNS)
        micros = moments.cast(pa.timestamp("us", "UTC")).cast(pa.int64())
        for name, user, moment, terminal, cent in zip(
            names.to_pylist(), users.to_pylist(), micros.to_pylist(), terminals.to_pylist(), cents.to_pylist()
        ):
            yield Transaction(
                transaction_id=str(name),
                user_id=str(user),
                units=cent * 100,
                event_us=moment,
                merchant=f"terminal-{terminal}",
                terminal_id=str(terminal),
                payment_method="card",
            )


def _identity(tx: Transaction) -> tuple:
    return tx.transaction_id, tx.user_id, tx.units, tx.event_us, tx.merchant, tx.terminal_id, tx.payment_method, tx.is_fraud


def check_handbook(report: Report, path: Path, log: Log) -> None:
    """The input topic holds the file's rows, each once and nothing else."""
    check = report.check("input.handbook_rows")
    wanted = Counter(_identity(tx) for tx in transactions(path))
    check.looked(sum(wanted.values()))
    for records in log.values():
        for record in records:
            said = accept(record)
            if isinstance(said, Refusal):
                check.violated(f"{record.partition}/{record.offset} is rejected: {said.reason}")
            else:
                wanted[_identity(said)] -= 1
    for row, count in wanted.items():
        if count:
            check.violated(f"{row} {'is missing' if count > 0 else 'is too often on the topic'}", abs(count))
