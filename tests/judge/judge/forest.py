"""A model of a rule file: XGBoost's own JSON, walked over many feature vectors at once."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any, List, Mapping, NamedTuple

import numpy as np


class Tree(NamedTuple):
    """One tree as XGBoost writes it; a leaf has no left child and its value where others have their threshold."""

    left: np.ndarray
    right: np.ndarray
    feature: np.ndarray
    value: np.ndarray
    missing_left: np.ndarray


class Forest:
    """Boosted trees with objective binary:logistic."""

    def __init__(self, file: Mapping[str, Any]) -> None:
        learner = file["learner"]
        if learner["objective"]["name"] != "binary:logistic" or learner["gradient_booster"]["name"] != "gbtree":
            raise ValueError("the judge knows models of gbtree and binary:logistic only")
        score = float(str(learner["learner_model_param"]["base_score"]).strip("[]"))
        self._margin = np.float32(math.log(score / (1 - score)))
        self._trees: List[Tree] = [_tree(one) for one in learner["gradient_booster"]["model"]["trees"]]

    @staticmethod
    def read(path: Path) -> "Forest":
        """The model of a JSON file."""
        return Forest(json.loads(Path(path).read_text("utf-8")))

    def probability(self, vectors: np.ndarray) -> np.ndarray:
        """For rows of float32 features, NaN = missing."""
        margin = np.full(len(vectors), self._margin, dtype=np.float32)
        rows = np.arange(len(vectors))
        for tree in self._trees:
            margin += tree.value[_leaves(tree, vectors, rows)]
        return 1 / (1 + np.exp(-margin.astype(np.float64)))


def _tree(one: Mapping[str, Any]) -> Tree:
    if any(one["split_type"]):
        raise ValueError(f"the judge knows no categorical splits: tree {one['id']}")
    return Tree(
        np.array(one["left_children"], dtype=np.int64),
        np.array(one["right_children"], dtype=np.int64),
        np.array(one["split_indices"], dtype=np.int64),
        np.array(one["split_conditions"], dtype=np.float32),
        np.array(one["default_left"], dtype=bool),
    )


def _leaves(tree: Tree, vectors: np.ndarray, rows: np.ndarray) -> np.ndarray:
    """The leaf that each row comes to."""
    at = np.zeros(len(rows), dtype=np.int64)
    while True:
        inner = tree.left[at] >= 0
        if not inner.any():
            return at
        value = vectors[rows, tree.feature[at]]
        to_left = np.where(np.isnan(value), tree.missing_left[at], value < tree.value[at])
        at = np.where(inner, np.where(to_left, tree.left[at], tree.right[at]), at)
