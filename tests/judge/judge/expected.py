"""What one partition's log must have become, as columns."""

from __future__ import annotations

import struct
from typing import Any, Dict, List, NamedTuple, Optional, Set, Tuple

from . import columns, times
from .accept import AvroDecoder
from .columns import Pseudonyms
from .model import Decision, Fired, Judged, Record, Refusal, Transaction
from .rules import Schedule
from .score import FEATURES
from .truth import judged

_PACK = struct.Struct(f"<{len(FEATURES)}f").pack

#: Columns of silver that follow from a decision and the windows' limits do not touch.
PLAIN_SILVER = (
    "transaction_id", "customer_key", "device_key", "event_time", "amount", "currency", "merchant", "terminal_id",
    "payment_method", "city", "country", "amount_category", "hour", "day_of_week", "is_weekend", "is_high_value",
    "is_late",
)  # fmt: skip
#: Columns that are lower bounds, or follow from lower bounds, where a row is approximate.
WINDOW_SILVER = ("tx_count_30m", "points", "band")
PARSED = (
    "transaction_id", "user_id", "event_time", "amount", "currency", "merchant", "terminal_id", "payment_method",
    "location", "device_id", "is_fraud",
)  # fmt: skip


class Alert(NamedTuple):
    """A decided record that has an alert, or may have one where its windows are over the limit."""

    record: Record
    decision: Decision


class Expected:
    """The truth about one partition: rows for the tables up to `limit`, alerts and rejections to the log's end."""

    def __init__(self, partition: int, limit: int, keys: Pseudonyms, schedule: Schedule) -> None:
        self.partition = partition
        self.limit = limit
        self._keys = keys
        self._schedule = schedule
        self.accepted: List[Record] = []
        self.disposition: List[str] = []
        self.parsed: Dict[str, List[Any]] = {name: [] for name in PARSED}
        self.rejected: List[Tuple[Record, Refusal]] = []
        self.decided_offsets: List[int] = []
        self.silver: Dict[str, List[Any]] = {name: [] for name in PLAIN_SILVER + WINDOW_SILVER}
        self.fired: List[Tuple[Fired, ...]] = []
        self.features = bytearray()
        self.approximate: List[bool] = []
        self.may_be_approximate: List[bool] = []
        self.alerts: Dict[int, Alert] = {}
        self.users: Set[str] = set()
        self.records = 0

    def take(self, one: Judged) -> None:
        """The next record of the log."""
        self.records += 1
        below = one.record.offset < self.limit
        if one.refusal is not None:
            self.rejected.append((one.record, one.refusal))
            return
        assert one.tx is not None
        self.users.add(one.tx.user_id)
        decision = one.decision
        if decision is not None and (decision.alert or decision.may_be_approximate):
            self.alerts[one.record.offset] = Alert(one.record, decision)
        if below:
            self._take_accepted(one.record, one.tx, one.disposition)
            standing = one.standing
            if standing is not None:
                self._take_decided(one.record, one.tx, standing)

    def _take_accepted(self, record: Record, tx: Transaction, disposition: str) -> None:
        self.accepted.append(record)
        self.disposition.append(disposition)
        parsed = self.parsed
        for name in ("transaction_id", "user_id", "currency", "merchant", "terminal_id", "payment_method"):
            parsed[name].append(getattr(tx, name))
        parsed["location"].append(tx.location)
        parsed["device_id"].append(tx.device_id)
        parsed["is_fraud"].append(tx.is_fraud)
        parsed["event_time"].append(tx.event_us)
        parsed["amount"].append(tx.units)

    def _take_decided(self, record: Record, tx: Transaction, decision: Decision) -> None:
        hour, day = times.hour_and_day(tx.event_us)
        version = self._keys.in_tables(self._schedule.at(self.partition, record.offset).key_version)
        row = (
            tx.transaction_id, self._keys.customer(tx.user_id, version), self._keys.device(tx.device_id, version),
            tx.event_us, tx.units,
            tx.currency, tx.merchant, tx.terminal_id, tx.payment_method, decision.city, decision.country,
            columns.amount_category(tx.units), hour, day, day >= 6, columns.is_high_value(tx.units), decision.late,
            decision.counts[0], decision.points, decision.band,
        )  # fmt: skip
        for column, value in zip(self.silver.values(), row):
            column.append(value)
        self.decided_offsets.append(record.offset)
        self.fired.append(decision.fired)
        self.features += _PACK(*decision.features)
        self.approximate.append(decision.approximate)
        self.may_be_approximate.append(decision.may_be_approximate)


def expect(
    partition: int,
    log: List[Record],
    limit: int,
    schedule: Schedule,
    keys: Pseudonyms,
    avro: Optional[AvroDecoder] = None,
) -> Expected:
    """The truth about a partition's log."""
    found = Expected(partition, limit, keys, schedule)
    for one in judged(log, schedule, avro):
        found.take(one)
    return found
