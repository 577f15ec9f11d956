"""What has been decided of one customer in one partition: windows, lateness, duplicates, the limit of 4,096."""

from __future__ import annotations

from bisect import bisect_right, insort
from typing import Dict, List, Optional, Sequence, Tuple

from . import times

#: "Duplicate: same customer, same `transaction_id`, event times less than 24 hours apart".
DUPLICATE_WITHIN_US = 24 * times.HOUR_US
#: "the newest 4,096 window entries and ids of a customer are held".
HELD_MAX = 4_096
#: The longest window.
LONGEST_US = 30 * times.DAY_US

WindowSum = Tuple[int, int]


class History:
    """The decided records of one customer so far.

    `_times` and `_sums` hold all that entered the windows, without limit, so that counts are exact; `_held` holds
    the newest ids, late ones included, as the product does, so that forgotten duplicates are told from missed ones.
    """

    __slots__ = ("_times", "_sums", "_held", "_ids", "_limit", "greatest_us", "dropped_us")

    def __init__(self, limit: int = HELD_MAX) -> None:
        self._times: List[int] = []
        self._sums: List[int] = []  # _sums[i] = units of the i+1 oldest entries
        self._held: List[Tuple[int, int, str]] = []  # (event time, number of arrival, id), ascending
        self._ids: Dict[str, List[int]] = {}
        self._limit = limit
        self.greatest_us: Optional[int] = None
        self.dropped_us: Optional[int] = None

    def is_duplicate(self, transaction_id: str, event_us: int) -> bool:
        """ "the first in the log wins, whatever the other fields"."""
        return any(abs(event_us - seen) < DUPLICATE_WITHIN_US for seen in self._ids.get(transaction_id, ()))

    def is_late(self, event_us: int, lateness_us: int) -> bool:
        """ "t is more than 1 hour (configurable) before the greatest event time among the customer's earlier decided
        records"."""
        return self.greatest_us is not None and event_us < self.greatest_us - lateness_us

    def window(self, event_us: int, length_us: int) -> WindowSum:
        """Count and units of the entries "whose event time lies in (t - w, t]"; the current record is not among them."""
        end = bisect_right(self._times, event_us)
        start = bisect_right(self._times, event_us - length_us, 0, end)
        if start == end:
            return 0, 0
        before = self._sums[start - 1] if start else 0
        return end - start, self._sums[end - 1] - before

    def windows(self, event_us: int, lengths_us: Sequence[int]) -> List[WindowSum]:
        """As `window`, for several lengths."""
        return [self.window(event_us, length_us) for length_us in lengths_us]

    def previous_us(self) -> Optional[int]:
        """ "the greatest event time among the customer's earlier decided records that are not late"."""
        return self._times[-1] if self._times else None

    def is_approximate(self, event_us: int) -> bool:
        """An entry was dropped whose event time is later than t - 30 days."""
        return self.dropped_us is not None and self.dropped_us > event_us - LONGEST_US

    def add(self, transaction_id: str, event_us: int, units: int, late: bool, number: int) -> None:
        """A decided record; `number` rises with the log. A late one "does not enter" the windows."""
        if not late:
            self._enter(event_us, units)
        if self.greatest_us is None or event_us > self.greatest_us:
            self.greatest_us = event_us
        self._ids.setdefault(transaction_id, []).append(event_us)
        entry = (event_us, number, transaction_id)
        if not self._held or entry > self._held[-1]:
            self._held.append(entry)
        else:
            insort(self._held, entry)
        if len(self._held) > self._limit:
            self._drop()

    def _enter(self, event_us: int, units: int) -> None:
        times_, sums = self._times, self._sums
        if not times_ or event_us >= times_[-1]:
            times_.append(event_us)
            sums.append(units + (sums[-1] if sums else 0))
            return
        at = bisect_right(times_, event_us)
        before = sums[at - 1] if at else 0
        times_.insert(at, event_us)
        sums[at:] = [before + units] + [later + units for later in sums[at:]]

    def _drop(self) -> None:
        event_us, _, transaction_id = self._held.pop(0)
        seen = self._ids[transaction_id]
        seen.remove(event_us)
        if not seen:
            del self._ids[transaction_id]
        if self.dropped_us is None or event_us > self.dropped_us:
            self.dropped_us = event_us
