"""The values that pass between the steps of the truth."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Optional, Sequence, Tuple

#: One unit is 10^-4 of a currency unit: "the sum is exact (integers of 10^-4)".
UNITS_PER_ONE = 10_000

Headers = Sequence[Tuple[str, Optional[bytes]]]


class Record(NamedTuple):
    """One Kafka message of the input topic."""

    partition: int
    offset: int
    kafka_ms: int
    key: Optional[bytes]
    value: Optional[bytes]
    headers: Headers = ()


class Refusal(NamedTuple):
    """Why a record is not accepted; the class is the judge's own word, RC-nnnn belongs to the product."""

    reason: str
    detail: str


@dataclass(slots=True)
class Transaction:
    """What an accepted record says. "Optional, null in silver where absent"."""

    transaction_id: str
    user_id: str
    units: int
    event_us: int
    currency: Optional[str] = None
    merchant: Optional[str] = None
    terminal_id: Optional[str] = None
    payment_method: Optional[str] = None
    location: Optional[str] = None
    device_id: Optional[str] = None
    is_fraud: Optional[bool] = None


class Fired(NamedTuple):
    """One entry of `fired_rules`: "list<struct<rule string, points int, observed string>>"."""

    rule: str
    points: int
    observed: str


@dataclass(slots=True)
class Decision:
    """What silver must say of one decided record."""

    tx: Transaction
    city: Optional[str]
    country: Optional[str]
    late: bool
    #: An entry was dropped whose event time is in the 30 days before this record: counts are lower bounds.
    approximate: bool
    #: As `approximate`, but with this record already among the held entries: the product may say so one earlier.
    may_be_approximate: bool
    counts: Tuple[int, int, int, int, int]
    points: int
    band: str
    alert: bool
    fired: Tuple[Fired, ...]
    features: Tuple[float, ...] = field(default=())


class Judged(NamedTuple):
    """The truth about one record: exactly one of refusal, duplicate (decision is None), decided."""

    record: Record
    refusal: Optional[Refusal]
    tx: Optional[Transaction]
    decision: Optional[Decision]
    #: What silver says instead, where its row was replaced later.
    amended: Optional[Decision] = None

    @property
    def standing(self) -> Optional[Decision]:
        """What silver's row says."""
        return self.amended or self.decision

    @property
    def disposition(self) -> str:
        """`rejected`, `duplicate` or `decided`."""
        if self.refusal is not None:
            return "rejected"
        return "duplicate" if self.decision is None else "decided"
