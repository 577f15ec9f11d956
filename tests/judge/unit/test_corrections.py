"""Rows of silver that were replaced by what other rules say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import List

import sample
from judge.first_bands import first_bands
from judge.lake import SILVER
from judge.rules import Rules, Schedule
from world import World

FROM, TO = 60, 200


def stricter(folder: Path) -> Rules:
    """Rules by which every amount has points."""
    file = json.loads(sample.RULES.read_text("utf-8"))
    file["rules"].append({"id": "any_amount", "kind": "amount_above", "threshold": "0", "points": 40})
    (folder / "stricter.json").write_text(json.dumps(file), "utf-8")
    return Rules.read(folder / "stricter.json")


def first_rules() -> Schedule:
    return Schedule(Rules.read(sample.RULES))


def failed(world: World, schedule: Schedule) -> List[str]:
    world.schedule = schedule
    return world.trial().failed


def test_the_later_correction_wins_and_none_is_the_rules_of_the_time() -> None:
    one, other = Rules.read(sample.RULES), Rules.read(sample.RULES)
    schedule = first_rules()
    schedule.correct(1, 10, 30, one)
    schedule.correct(1, 20, 25, other)
    schedule.correct(1, 28, 40, None)
    at = {offset: schedule.corrected_at(1, offset) for offset in (9, 10, 20, 25, 28, 39)}
    assert at == {9: None, 10: one, 20: other, 25: one, 28: None, 39: None}
    assert schedule.corrected_at(0, 10) is None
    spans = [(low, high) for low, high, rules in schedule.standing_spans(1) if rules in (one, other)]
    assert spans == [(10, 20), (20, 25), (25, 28)]


def test_a_corrected_world_is_fine_and_its_alerts_are_those_of_the_time(tmp_path: Path) -> None:
    schedule = first_rules()
    schedule.correct(0, FROM, TO, stricter(tmp_path))
    world, plain = World(tmp_path / "corrected", schedule=schedule), World(tmp_path / "plain")
    assert world.alerts == plain.alerts
    changed = [a["source_offset"] for a, b in zip(world.rows[SILVER], plain.rows[SILVER]) if a["points"] != b["points"]]
    assert changed and min(changed) >= FROM and max(changed) < TO
    assert failed(world, schedule) == []


def test_what_was_decided_at_first_is_what_the_rules_of_the_time_say_of_the_corrected_rows(tmp_path: Path) -> None:
    plain = World(tmp_path / "plain")
    schedule = first_rules()
    schedule.correct(0, FROM, TO, stricter(tmp_path))
    schedule.correct(0, TO - 20, TO + 10, None)
    found = first_bands(plain.input, schedule)
    said = {row["source_offset"]: row["band"] for row in plain.rows[SILVER] if row["source_partition"] == 0}
    assert found == {(0, at): band for at, band in said.items() if FROM <= at < TO + 10}
    assert len(found) > 10 and first_bands(plain.input, first_rules()) == {}


def test_rows_that_were_replaced_and_should_not_have_been_are_seen(tmp_path: Path) -> None:
    schedule = first_rules()
    schedule.correct(0, FROM, TO, stricter(tmp_path))
    world = World(tmp_path / "corrected", schedule=schedule)
    assert {"silver.points", "silver.band", "silver.fired_rules"} <= set(failed(world, first_rules()))


def test_a_correction_that_did_not_happen_is_seen(tmp_path: Path) -> None:
    schedule = first_rules()
    schedule.correct(0, FROM, TO, stricter(tmp_path))
    assert {"silver.points", "silver.fired_rules"} <= set(failed(World(tmp_path / "plain"), schedule))
