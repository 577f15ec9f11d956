"""The truth about a partition's log: what each record must have become."""

from __future__ import annotations

from typing import Dict, Iterable, Iterator, Optional

from .accept import AvroDecoder, accept
from .history import HELD_MAX, History
from .model import Judged, Record, Refusal
from .rules import Schedule
from .score import decide, weigh


def judged(
    log: Iterable[Record], schedule: Schedule, avro: Optional[AvroDecoder] = None, held_max: int = HELD_MAX
) -> Iterator[Judged]:
    """Each record of one partition's log, in its order: "a customer lives where his records arrive"."""
    customers: Dict[str, History] = {}
    for number, record in enumerate(log):
        said = accept(record, avro)
        if isinstance(said, Refusal):
            yield Judged(record, said, None, None)
            continue
        history = customers.get(said.user_id)
        if history is None:
            history = customers[said.user_id] = History(held_max)
        corrected = schedule.corrected_at(record.partition, record.offset)
        amended = weigh(said, history, corrected) if corrected else None
        decision = decide(said, history, schedule.at(record.partition, record.offset), number)
        if amended is not None and decision is not None:
            amended.may_be_approximate = decision.may_be_approximate
        yield Judged(record, None, said, decision, amended)
