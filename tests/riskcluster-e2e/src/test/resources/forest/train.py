"""Trains an XGBoost model on made-up feature vectors and says what the library itself predicts.

usage: train.py FOLDER ROWS TREES DEPTH

Writes model.json, rows.f32 (ROWS x 15 float32, little endian, NaN = missing) and predicted.f32 (ROWS float32) to FOLDER.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Iterator, Tuple

import numpy as np
import xgboost as xgb

SEED = 20180401
TRAINED_ON = 20_000
NAMES = (
    "amount hour day_of_week is_weekend is_night count_30m count_1h count_1d avg_1d count_7d avg_7d count_30d avg_30d"
    " amount_over_avg_30d seconds_since_previous"
).split()
#: Where values stand so that they meet thresholds exactly, as real counts, hours and amounts do.
STEPS = 64


def vectors(rows: int, random: np.random.Generator) -> np.ndarray:
    """Vectors in the shape of the real ones: heavy tails, small integers, flags, and every value missing at times."""
    x = np.empty((rows, len(NAMES)), dtype=np.float32)
    for column, name in enumerate(NAMES):
        if name == "hour":
            x[:, column] = random.integers(0, 24, rows)
        elif name == "day_of_week":
            x[:, column] = random.integers(1, 8, rows)
        elif name.startswith("is_"):
            x[:, column] = random.integers(0, 2, rows)
        elif name.startswith("count_"):
            x[:, column] = random.geometric(0.2, rows)
        elif name == "seconds_since_previous":
            x[:, column] = random.normal(3_600, 90_000, rows)
        else:
            x[:, column] = np.round(random.lognormal(3, 2, rows) * STEPS) / STEPS
    x[random.random(x.shape) < 0.05] = np.nan
    x[:, NAMES.index("seconds_since_previous")][random.random(rows) < 0.2] = np.nan
    x[random.random(x.shape) < 0.001] = -0.0
    return x


def labels(x: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Frauds that follow several features, with noise, so that trees grow to their full depth."""
    seen = np.nan_to_num(x, nan=0.0)
    ratio = np.log1p(np.abs(seen[:, NAMES.index("amount_over_avg_30d")]))
    score = ratio + 0.2 * seen[:, NAMES.index("count_30m")] + seen[:, NAMES.index("is_night")] - 4
    score += 0.05 * np.abs(seen[:, NAMES.index("hour")] - 12) + random.logistic(0, 1, len(x))
    return (score > 0).astype(np.float32)


def splits(model: Path) -> Iterator[Tuple[int, float]]:
    """Feature and threshold of every inner node."""
    for tree in json.loads(model.read_text())["learner"]["gradient_booster"]["model"]["trees"]:
        for left, feature, threshold in zip(tree["left_children"], tree["split_indices"], tree["split_conditions"]):
            if left >= 0:
                yield feature, threshold


def main(folder: Path, rows: int, trees: int, depth: int) -> None:
    """Trains, saves, predicts."""
    random = np.random.default_rng(SEED)
    seen = vectors(TRAINED_ON, random)
    asked = vectors(rows, random)
    booster = xgb.train(
        {"objective": "binary:logistic", "max_depth": depth, "eta": 0.2, "tree_method": "hist", "seed": 1, "nthread": 2},
        xgb.DMatrix(seen, labels(seen, random), feature_names=NAMES),
        num_boost_round=trees,
    )
    booster.save_model(folder / "model.json")
    # what stands exactly on a threshold goes to the right: some rows are put there
    for row, (feature, threshold) in zip(range(0, rows, 7), splits(folder / "model.json")):
        asked[row, feature] = np.float32(threshold)
    asked.astype("<f4").tofile(folder / "rows.f32")
    booster.predict(xgb.DMatrix(asked, feature_names=NAMES)).astype("<f4").tofile(folder / "predicted.f32")
    print("xgboost", xgb.__version__, "trees", booster.num_boosted_rounds(), "rows", rows)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(int(word) for word in sys.argv[2:]))
