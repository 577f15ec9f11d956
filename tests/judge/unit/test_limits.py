"""A customer beyond 4,096 entries: what is held is judged, not what cannot be known."""

from __future__ import annotations

from typing import Callable, Dict, List

import pytest

import lakeworld
from judge.history import HELD_MAX
from judge.lake import SILVER
from judge.model import Record
from sample_lives import START_US
from world import World

OVER = 20


def busy_log() -> Dict[int, List[Record]]:
    """One customer, a transaction a second, a few more than are held."""
    log = []
    for number in range(HELD_MAX + OVER):
        moment = START_US + number * 1_000_000
        text = f'{{"transaction_id":"t{number}","user_id":"busy","amount":1.5,"timestamp":{moment}}}'
        log.append(Record(0, number, moment // 1000, b"busy", text.encode()))
    return {0: log}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> tuple:
    folder = tmp_path_factory.mktemp("busy")
    world = World(folder, busy_log())
    catalog = lakeworld.create(folder / "lake")
    lakeworld.append(catalog, SILVER, world.rows[SILVER][:1], 1, world.batches[1])
    return world, catalog


def failed(busy: tuple, change: Callable[[dict], None]) -> List[str]:
    """What is found when the last row, an approximate one, is changed; the change is taken back."""
    world, catalog = busy
    kept = world.rows[SILVER][-1]
    changed = {**kept, "features": list(kept["features"]), "fired_rules": list(kept["fired_rules"])}
    change(changed)
    world.rows[SILVER][-1] = changed
    try:
        return world.trial_of_rows(catalog).failed
    finally:
        world.rows[SILVER][-1] = kept


def test_the_last_rows_are_approximate_and_fine(busy: tuple) -> None:
    assert sum(row["is_approximate"] for row in busy[0].rows[SILVER]) == OVER - 1
    assert failed(busy, lambda row: None) == []


def test_a_lower_count_is_fine_where_it_is_approximate(busy: tuple) -> None:
    assert failed(busy, lambda row: row.update(tx_count_30m=1_700)) == []
    assert failed(busy, lambda row: row["features"].__setitem__(11, 4096.0)) == []


@pytest.mark.parametrize(
    "change, check",
    [
        (lambda row: row.update(tx_count_30m=9_999), "silver.lower_bounds"),
        (lambda row: row["features"].__setitem__(11, 9_999.0), "silver.lower_bounds"),
        (lambda row: row.update(points=row["points"] + 1), "silver.lower_bounds"),
        (lambda row: row.update(is_approximate=False), "silver.is_approximate"),
    ],
)
def test_what_can_be_known_is_judged_all_the_same(busy: tuple, change: Callable, check: str) -> None:
    assert check in failed(busy, change)
