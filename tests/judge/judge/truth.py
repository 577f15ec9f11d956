"""The truth about a partition's log: what each record must have become."""

from __future__ import annotations

from typing import Dict, Iterable, Iterator, Optional

from .accept import AvroDecoder, accept
from .history import HELD_MAX, History
from .model import Judged, Record, Refusal
from .rules import Schedule
from .score import decide


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
        rules = schedule.at(record.partition, record.offset)
        yield Judged(record, None, said, decide(said, history, rules, number))
