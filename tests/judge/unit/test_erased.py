"""A world in which a customer was erased is fine; one that erased by half, or let something back in, is not."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Callable, Dict, List

import pytest

from judge.lake import BRONZE, REJECTED, SILVER
from world import World

_CLEARED = ("currency", "merchant", "terminal_id", "payment_method", "location", "device_id", "is_fraud")
_LEFT = {"decided": "erased", "duplicate": "erased_duplicate"}


class Erased:
    """A world without one customer, and what it had of him."""

    def __init__(self, folder: Path) -> None:
        self.world = World(folder)
        self.catalog = self.world.write()
        user = self.world.rows[BRONZE][5]["key"]
        his = {(p, one.offset) for p, log in self.world.input.items() for one in log if one.key == user}
        self.silver = [row for row in self.world.rows[SILVER] if self._place(row, "source_") in his]
        self.world.rows[SILVER] = [row for row in self.world.rows[SILVER] if row not in self.silver]
        self.bronze: List[Dict[str, Any]] = []
        for row in self.world.rows[BRONZE]:
            if self._place(row) in his:
                self.bronze.append(dict(row))
                row.update(dict.fromkeys(_CLEARED), key=b"", value=b"", headers=[], transaction_id="", user_id="", amount=0)
                row["disposition"] = _LEFT[row["disposition"]]
        for row in self.world.rows[REJECTED]:
            if self._place(row) in his:
                row.update(key=None, value=None, headers=[], reason="erased", detail="")

    @staticmethod
    def _place(row: Dict[str, Any], prefix: str = "") -> tuple:
        return row[prefix + "partition"], row[prefix + "offset"]

    def tombstone(self) -> Dict[str, Any]:
        """The first one in bronze."""
        return next(row for row in self.world.rows[BRONZE] if row["disposition"] == "erased")


def test_a_world_without_an_erased_customer_is_fine(tmp_path: Path) -> None:
    erased = Erased(tmp_path)
    outcome = erased.world.trial_of_rows(erased.catalog)
    assert outcome.failed == [], outcome.report.as_text()
    assert outcome.report.check("erased.tombstones").looked_at > 5
    assert outcome.totals.rows[BRONZE] == len(erased.world.rows[BRONZE])


_FAULTS: Dict[str, tuple] = {
    "a decision came back": (lambda e: e.world.rows[SILVER].append(e.silver[0]), "silver.each_decision_once"),
    "a value is left": (lambda e: e.tombstone().update(value=b"{}"), "erased.nothing_left"),
    "a device is left": (lambda e: e.tombstone().update(device_id="d"), "erased.nothing_left"),
    "an event time is lost": (lambda e: e.tombstone().update(event_time=0), "erased.times"),
    "a record is whole again": (lambda e: e.tombstone().update(e.bronze[0]), "erased.customers_whole"),
    "a tombstone is missing": (lambda e: e.world.rows[BRONZE].remove(e.tombstone()), "bronze.each_record_once"),
}


@pytest.mark.parametrize("name", _FAULTS)
def test_each_fault_of_an_erasure_is_found(name: str, tmp_path: Path) -> None:
    erased = Erased(tmp_path)
    plant: Callable[[Erased], Any] = _FAULTS[name][0]
    plant(erased)
    assert _FAULTS[name][1] in erased.world.trial_of_rows(erased.catalog).failed
