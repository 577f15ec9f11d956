"""The windows, lateness and duplicates of CONTRACT once more, sentence by sentence, with no cleverness at all."""

from __future__ import annotations

from fractions import Fraction
from typing import Dict, List, NamedTuple, Optional, Tuple

MINUTE = 60 * 10**6
LENGTHS = (30 * MINUTE, 60 * MINUTE, 24 * 60 * MINUTE, 7 * 24 * 60 * MINUTE, 30 * 24 * 60 * MINUTE)


class Sent(NamedTuple):
    user: str
    name: str
    moment: int
    units: int


class Seen(NamedTuple):
    sent: Sent
    late: bool


class Answer(NamedTuple):
    duplicate: bool
    late: bool = False
    windows: Tuple[Tuple[int, int], ...] = ()
    previous: Optional[int] = None


def answers(log: List[Sent], lateness: int = 60 * MINUTE) -> List[Answer]:
    decided: Dict[str, List[Seen]] = {}
    return [_answer(sent, decided.setdefault(sent.user, []), lateness) for sent in log]


def _answer(sent: Sent, decided: List[Seen], lateness: int) -> Answer:
    for seen in decided:
        if seen.sent.name == sent.name and abs(seen.sent.moment - sent.moment) < 24 * 60 * MINUTE:
            return Answer(True)
    late = bool(decided) and sent.moment < max(seen.sent.moment for seen in decided) - lateness
    windows = []
    for length in LENGTHS:
        inside = [s.sent.units for s in decided if not s.late and sent.moment - length < s.sent.moment <= sent.moment]
        windows.append((len(inside) + 1, sum(inside) + sent.units))
    on_time = [seen.sent.moment for seen in decided if not seen.late]
    decided.append(Seen(sent, late))
    return Answer(False, late, tuple(windows), max(on_time) if on_time else None)


def mean(units: int, count: int) -> Fraction:
    return Fraction(units, 10_000 * count)
