"""Models: our own walk of the golden trees against what XGBoost predicted, and a probability that is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from judge.forest import Forest
from judge.lake import SILVER
from judge.rules import Rules, Schedule
from judge.score import FEATURES
from sample import RULES
from world import World

GOLDEN = Path(__file__).parents[3] / "src/riskcluster-actors/src/test/resources/model"


def test_the_golden_vectors_are_answered_as_xgboost_answered() -> None:
    vectors = np.fromfile(GOLDEN / "rows.f32", dtype="<f4").reshape(-1, len(FEATURES))
    predicted = np.fromfile(GOLDEN / "predicted.f32", dtype="<f4")
    found = Forest.read(GOLDEN / "model.json").probability(vectors)
    assert len(found) == 700
    assert np.abs(found - predicted).max() <= 1e-6


def modelled(folder: Path) -> World:
    """A world whose rules have the golden model."""
    file = {**json.loads(RULES.read_text("utf-8")), "model": str(GOLDEN / "model.json")}
    (folder / "rules.json").write_text(json.dumps(file), "utf-8")
    world = World(folder)
    rules = Rules.read(folder / "rules.json")
    assert rules.model is not None
    world.schedule = Schedule(rules)
    for row in world.rows[SILVER]:
        vector = np.array([row["features"]], dtype=np.float32)
        row["probability"] = float(rules.model.probability(vector)[0])
    return world


def test_probabilities_must_be_those_of_the_model(tmp_path: Path) -> None:
    world = modelled(tmp_path)
    catalog = world.write()
    assert "silver.probability" not in world.trial_of_rows(catalog).failed
    world.rows[SILVER][3]["probability"] += 1e-5
    assert "silver.probability" in world.trial_of_rows(catalog).failed


def test_without_a_model_there_is_no_probability(tmp_path: Path) -> None:
    world = World(tmp_path)
    catalog = world.write()
    assert "silver.probability" not in world.trial_of_rows(catalog).failed
    world.rows[SILVER][3]["probability"] = 0.5
    assert "silver.probability" in world.trial_of_rows(catalog).failed


def test_an_alert_says_its_rows_probability(tmp_path: Path) -> None:
    world = modelled(tmp_path)
    catalog = world.write()
    assert "alerts.body" in world.trial_of_rows(catalog).failed
    world.say_probabilities()
    assert world.trial_of_rows(catalog).failed == []
