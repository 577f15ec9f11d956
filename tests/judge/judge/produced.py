"""What was produced, by the producer's own log, against the topic and bronze."""

from __future__ import annotations

import csv
import zlib
from collections import Counter
from pathlib import Path
from typing import Dict, Optional, Tuple

from .kafka import Log
from .lake import BRONZE, REJECTED, Pin
from .report import Report

Place = Tuple[int, int]


def read_produced(path: Path) -> Dict[Place, Tuple[str, str]]:
    """Lines `partition,offset,crc32 of the key,crc32 of the value`, nothing where there is no key or no value. A last
    line without its end is one that is being written."""
    content = path.read_text()
    lines = csv.reader(content[: content.rfind("\n") + 1].splitlines())
    return {(int(line[0]), int(line[1])): (line[2], line[3]) for line in lines}


def check_produced(
    report: Report,
    produced: Dict[Place, Tuple[str, str]],
    log: Log,
    pin: Pin,
    limits: Optional[Dict[int, int]] = None,
) -> None:
    """Each record that the producer was told is there: in the topic as it was sent, in bronze once. With `limits`, the
    offsets that the batch reaches while records flow, only what lies below is looked for in bronze, and the producer
    may be told of a record later than it is there."""
    topic = report.check("produced.in_topic")
    found = {(partition, record.offset): record for partition, records in log.items() for record in records}
    for place, sums in produced.items():
        record = found.get(place)
        there = record is not None and (_crc(record.key), _crc(record.value)) == sums
        topic.expect(there, f"{place[0]}/{place[1]} was produced and is {'other' if record else 'not'} in the topic")
    if limits is None:
        unknown = report.check("produced.nothing_else")
        unknown.looked(len(found))
        strangers = found.keys() - produced
        unknown.violated_all(f"{place[0]}/{place[1]} is in the topic and was not produced" for place in strangers)
    seen: Counter = Counter()
    for name in (BRONZE, REJECTED):
        rows = pin.tables[name].rows(("partition", "offset"))
        seen.update(zip(rows["partition"].to_pylist(), rows["offset"].to_pylist()))
    lost, doubled = report.check("produced.lost"), report.check("produced.doubled")
    for place in produced:
        if limits is not None and place[1] >= limits.get(place[0], 0):
            continue
        lost.expect(seen[place] > 0, f"{place[0]}/{place[1]} is in no bronze table")
        doubled.expect(seen[place] < 2, f"{place[0]}/{place[1]} is {seen[place]} times in bronze")


def _crc(content: Optional[bytes]) -> str:
    return "" if content is None else str(zlib.crc32(content))
