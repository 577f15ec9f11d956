"""Silver against the truth: one row for each decided record, every column as it must be."""

from __future__ import annotations

from typing import Dict

import numpy as np
import pyarrow as pa

from .bronze_checks import check_coverage, first_rows, offsets_in
from .compare import compare_column, offset_text, one_chunk, plain, report_rows, short
from .expected import PLAIN_SILVER, WINDOW_SILVER, Expected
from .report import Report
from .rules import Schedule
from .score import FEATURES

_FEATURE_COUNTS = [FEATURES.index(name) for name in ("count_30m", "count_1h", "count_1d", "count_7d", "count_30d")]


def check_silver(report: Report, expected: Expected, rows: pa.Table, topic: str, schedule: Schedule) -> Dict[int, dict]:
    """The rows of one partition, sorted by offset; gives what alerts must repeat, by offset."""
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
    _check_bounds(report, expected, rows, index, ~exact, schedule, name)
    said = ("points", "band", "policy_version", "is_approximate")
    lists = [rows[column].to_pylist() for column in said]
    return {offset: dict(zip(said, values)) for offset, *values in zip(common.tolist(), *lists)}


def _check_approximate(report: Report, expected: Expected, rows: pa.Table, index: np.ndarray, name) -> np.ndarray:
    """ "Past that `is_approximate` is true"; gives the rows that must be exact."""
    check = report.check("silver.is_approximate")
    said = np.asarray(one_chunk(rows["is_approximate"]).to_numpy(zero_copy_only=False), dtype=bool)
    must = np.asarray(expected.approximate, dtype=bool)[index]
    may = np.asarray(expected.may_be_approximate, dtype=bool)[index]
    check.looked(len(index))
    wrong = (said & ~may) | (~said & must)
    report_rows(check, wrong, lambda row: f"{name(row)}: is_approximate is {said[row]}, expected {must[row]}")
    return ~(said & may)


def _check_constants(report: Report, rows: pa.Table, name) -> None:
    """Feature version 1; a policy version always; `probability` null or a probability."""
    version, policy = report.check("silver.feature_version"), report.check("silver.policy_version")
    probability = report.check("silver.probability")
    for row, (feature, policy_id, chance) in enumerate(
        zip(rows["feature_version"].to_pylist(), rows["policy_version"].to_pylist(), rows["probability"].to_pylist())
    ):
        version.expect(str(feature) == "1", f"{name(row)}: feature_version {feature!r}")
        policy.expect(bool(policy_id), f"{name(row)}: no policy_version")
        probability.expect(chance is None or 0.0 <= chance <= 1.0, f"{name(row)}: probability {chance}")


def _fired_rows(column: pa.ChunkedArray) -> list:
    return [
        tuple(sorted((one["rule"], one["points"], one["observed"]) for one in cell or ()))
        for cell in column.to_pylist()
    ]


def _check_fired(report: Report, expected: Expected, rows: pa.Table, index: np.ndarray, exact: np.ndarray, name) -> None:
    """Rules and points to the letter, and the observed values."""
    check, observed = report.check("silver.fired_rules"), report.check("silver.observed")
    for row, (found, i) in enumerate(zip(_fired_rows(rows["fired_rules"]), index)):
        if not exact[row]:
            continue
        wanted = tuple(sorted(expected.fired[i]))
        same = [one[:2] for one in found] == [one[:2] for one in wanted]
        if check.expect(same, f"{name(row)}: fired {short(found)}, expected {short(wanted)}") and wanted:
            fits = [one[2] for one in found] == [one[2] for one in wanted]
            observed.expect(fits, f"{name(row)}: observed {short(found)}, expected {short(wanted)}")


def feature_matrix(column: pa.ChunkedArray) -> np.ndarray:
    """The vectors as rows of float32; a list of another length becomes a row of -1."""
    lists = one_chunk(column)
    lengths = np.asarray(pa.compute.fill_null(pa.compute.list_value_length(lists), 0).to_numpy(zero_copy_only=False))
    width = len(FEATURES)
    found = np.full((len(lists), width), -1, dtype=np.float32)
    flat = np.asarray(pa.compute.list_flatten(lists).to_numpy(zero_copy_only=False), dtype=np.float32)
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])) if len(lists) else np.zeros(0, dtype=int)
    good = np.flatnonzero(lengths == width)
    found[good] = flat[starts[good][:, None] + np.arange(width)] if len(good) else found[good]
    return found


def _check_features(
    report: Report, expected: Expected, rows: pa.Table, index: np.ndarray, exact: np.ndarray, name
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


def _check_bounds(
    report: Report, expected: Expected, rows: pa.Table, index: np.ndarray, over: np.ndarray, schedule: Schedule, name
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
        rules = schedule.at(expected.partition, expected.decided_offsets[index[row]])
        fits = points[row] == total and bands[row] == rules.band(total)
        check.expect(fits, f"{name(row)}: points {points[row]}, band {bands[row]}, but the rules give {total}")


