"""What was decided at first where rows of silver were replaced: a customer's versions are made of that."""

from __future__ import annotations

from typing import Dict, Optional, Tuple

from .accept import AvroDecoder
from .kafka import Log
from .rules import Schedule
from .truth import judged

#: By partition and offset of each replaced row; None where its windows were over the limit, and nobody can tell.
FirstBands = Dict[Tuple[int, int], Optional[str]]


def first_bands(log: Log, schedule: Schedule, avro: Optional[AvroDecoder] = None) -> FirstBands:
    """By the rules of the time and the input alone: no table has a say in it."""
    found: FirstBands = {}
    for partition in sorted({one[0] for one in schedule.corrections()}):
        spans = [(start, end) for number, start, end in schedule.corrections() if number == partition]
        last = max(end for _, end in spans)
        for one in judged((record for record in log.get(partition, []) if record.offset < last), schedule, avro):
            at, decision = one.record.offset, one.decision
            if decision is not None and any(start <= at < end for start, end in spans):
                found[partition, at] = None if decision.may_be_approximate else decision.band
    return found
