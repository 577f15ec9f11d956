"""Silver against the truth: one row for each decided record, every column as it must be."""

from __future__ import annotations

from typing import Callable, Collection, Dict

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .bronze_checks import check_coverage, first_rows, offsets_in
from .compare import compare_column, offset_text, one_chunk, plain, report_rows, short
from .expected import PLAIN_SILVER, WINDOW_SILVER, Expected
from .report import Report
from .rules import Schedule
from .score import FEATURES

#: Names a row for people.
Where = Callable[[int], str]

_FEATURE_COUNTS = [FEATURES.index(name) for name in ("count_30m", "count_1h", "count_1d", "count_7d", "count_30d")]

#: What an alert repeats of its row.
_REPEATED = ["source_offset", "points", "band", "probability", "policy_version", "is_approximate"]

#: How far a model's probability may lie beside our own.
_PROBABILITY_APART = 1e-6


def check_silver(
    report: Report, expected: Expected, rows: pa.Table, topic: str, schedule: Schedule, asked: Collection[int] = ()
) -> Dict[int, dict]:
    """The rows of one partition, sorted by offset; gives what alerts must repeat, for the offsets that are asked for."""
    found = offsets_in(rows, "source_offset")
    where = f"{topic}/{expected.partition}"
    common = check_coverage(
        report.check("silver.each_decision_once"), "silver.transactions", expected.decided_offsets, found, where
    )
    rows = rows.take(first_rows(found, common))
    index = first_rows(np.asarray(expected.decided_offsets, dtype=np.int64), common)
    name = offset_text(topic, expected.partition, common.tolist())
    exact = _check_approximate(report, expected, rows, index, name)
    for column in PLAIN_SILVER + WINDOW_SILVER:
        values = [expected.silver[column][i] for i in index]
        only = exact if column in WINDOW_SILVER else None
        compare_column(report.check(f"silver.{column}"), column, values, rows[column], name, only)
    _check_constants(report, rows, name)
    _check_fired(report, expected, rows, index, exact, name)
    _check_features(report, expected, rows, index, exact, name)
    _check_probability(report, expected, rows, index, schedule, name)
    _check_bounds(report, expected, rows, index, ~exact, schedule, name)
    rows = rows.filter(pa.array(np.isin(common, np.fromiter(asked, dtype=np.int64, count=len(asked)))))
    return {row["source_offset"]: row for row in rows.select(_REPEATED).to_pylist()}


def _check_approximate(report: Report, expected: Expected, rows: pa.Table, index: np.ndarray, name: Where) -> np.ndarray:
    """ "Past that `is_approximate` is true"; gives the rows that must be exact."""
    check = report.check("silver.is_approximate")
    said = np.asarray(one_chunk(rows["is_approximate"]).to_numpy(zero_copy_only=False), dtype=bool)
    must = np.asarray(expected.approximate, dtype=bool)[index]
    may = np.asarray(expected.may_be_approximate, dtype=bool)[index]
    check.looked(len(index))
    wrong = (said & ~may) | (~said & must)
    report_rows(check, wrong, lambda row: f"{name(row)}: is_approximate is {said[row]}, expected {must[row]}")
    return ~(said & may)


def _check_constants(report: Report, rows: pa.Table, name: Where) -> None:
    """Feature version 1; a policy version always."""
    rule = {
        "feature_version": lambda column: pc.equal(column.cast(pa.string()), "1"),
        "policy_version": lambda column: pc.greater(pc.utf8_length(column), 0),
    }
    for column, holds in rule.items():
        values = one_chunk(rows[column])
        right = np.asarray(pc.fill_null(holds(values), False).to_numpy(zero_copy_only=False), dtype=bool)
        check = report.check(f"silver.{column}")
        check.looked(len(right))
        report_rows(check, ~right, lambda row, c=column, v=values: f"{name(row)}: {c} is {short(v[row])}")


def _fired_rows(column: pa.ChunkedArray) -> list:
    return [
        tuple(sorted((one["rule"], one["points"], one["observed"]) for one in cell or ()))
        for cell in column.to_pylist()
    ]


def _check_fired(
    report: Report, expected: Expected, rows: pa.Table, index: np.ndarray, exact: np.ndarray, name: Where
) -> None:
    """Rules and points to the letter, and the observed values; the order within a row is not looked at."""
    check, observed = report.check("silver.fired_rules"), report.check("silver.observed")
    check.looked(int(exact.sum()))
    said = np.diff(one_chunk(rows["fired_rules"]).offsets.to_numpy()) > 0
    due = np.fromiter((bool(expected.fired[i]) for i in index), dtype=bool, count=len(index))
    some = np.flatnonzero((said | due) & exact)
    for row, found in zip(some.tolist(), _fired_rows(rows["fired_rules"].take(pa.array(some)))):
        wanted = tuple(sorted(expected.fired[index[row]]))
        observed.looked(1)
        if found == wanted:
            continue
        words = f"{name(row)}: fired {short(found)}, expected {short(wanted)}"
        same = [one[:2] for one in found] == [one[:2] for one in wanted]
        (observed if same else check).violated(words)


def feature_matrix(column: pa.ChunkedArray) -> np.ndarray:
    """The vectors as rows of float32; a list of another length becomes a row of -1."""
    lists = one_chunk(column)
    lengths = np.asarray(pc.fill_null(pc.list_value_length(lists), 0).to_numpy(zero_copy_only=False))
    width = len(FEATURES)
    found = np.full((len(lists), width), -1, dtype=np.float32)
    flat = np.asarray(pc.list_flatten(lists).to_numpy(zero_copy_only=False), dtype=np.float32)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])) if len(lists) else np.zeros(0, dtype=int)
    good = np.flatnonzero(lengths == width)
    found[good] = flat[starts[good][:, None] + np.arange(width)] if len(good) else found[good]
    return found


def _check_features(
    report: Report, expected: Expected, rows: pa.Table, index: np.ndarray, exact: np.ndarray, name: Where
) -> None:
    """ "Feature vector, version 1 (float32, in this order; NaN = missing)", to the last bit."""
    check = report.check("silver.features")
    wanted = np.frombuffer(bytes(expected.features), dtype="<f4").reshape(-1, len(FEATURES))[index]
    found = feature_matrix(rows["features"])
    same = (wanted == found) | (np.isnan(wanted) & np.isnan(found))
    check.looked(int(exact.sum()))

    def say(row: int) -> str:
        wrong = [(FEATURES[i], float(found[row, i]), float(wanted[row, i])) for i in np.flatnonzero(~same[row])]
        return f"{name(row)}: (feature, found, expected) {wrong}"

    report_rows(check, ~same.all(axis=1) & exact, say)


def _check_probability(
    report: Report, expected: Expected, rows: pa.Table, index: np.ndarray, schedule: Schedule, name: Where
) -> None:
    """The model's answer for the row's own features, which are looked at elsewhere; null without a model."""
    check = report.check("silver.probability")
    check.looked(len(index))
    found = one_chunk(rows["probability"]).to_numpy(zero_copy_only=False).astype(np.float64)
    vectors = feature_matrix(rows["features"])
    wanted = np.full(len(index), np.nan)
    offsets = np.asarray(expected.decided_offsets, dtype=np.int64)[index]
    for start, end, rules in schedule.standing_spans(expected.partition):
        here = np.flatnonzero((offsets >= start) & (offsets < end))
        if rules.model is not None and len(here):
            wanted[here] = rules.model.probability(vectors[here])
    same = np.where(np.isnan(wanted), np.isnan(found), np.abs(found - wanted) <= _PROBABILITY_APART)
    report_rows(check, ~same, lambda row: f"{name(row)}: probability is {found[row]}, expected {wanted[row]}")


def _check_bounds(
    report: Report, expected: Expected, rows: pa.Table, index: np.ndarray, over: np.ndarray, schedule: Schedule, name: Where
) -> None:
    """ "counts are lower bounds, and a judge checks only that"; points still are the sum of the rules that fired."""
    check = report.check("silver.lower_bounds")
    if not over.any():
        return
    wanted = np.frombuffer(bytes(expected.features), dtype="<f4").reshape(-1, len(FEATURES))[index]
    found = feature_matrix(rows["features"])
    counts = plain("tx_count_30m", rows["tx_count_30m"]).to_pylist()
    fired, bands, points = _fired_rows(rows["fired_rules"]), rows["band"].to_pylist(), rows["points"].to_pylist()
    for row in np.flatnonzero(over):
        exact_count = expected.silver["tx_count_30m"][index[row]]
        check.expect(1 <= counts[row] <= exact_count, f"{name(row)}: tx_count_30m {counts[row]} of {exact_count}")
        above = [i for i in _FEATURE_COUNTS if not 1 <= found[row, i] <= wanted[row, i]]
        check.expect(not above, f"{name(row)}: counts above the true ones: {[FEATURES[i] for i in above]}")
        total = sum(one[1] for one in fired[row])
        rules = schedule.standing_at(expected.partition, expected.decided_offsets[index[row]])
        fits = points[row] == total and bands[row] == rules.band(total)
        check.expect(fits, f"{name(row)}: points {points[row]}, band {bands[row]}, but the rules give {total}")


