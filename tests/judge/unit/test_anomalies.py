"""Anomalies against the contract's words, written out by hand."""

from judge import anomaly_checks
from judge.report import Report

SECOND = 1_000_000
MINUTE = 60 * SECOND


def _log(*events):
    return [("transactions", 0, offset, customer, micros) for offset, (customer, micros) in enumerate(events)]


def _minutes(count):
    return [("k1:c", minute * MINUTE) for minute in range(count)]


def _rush(minute, count):
    return [("k1:c", minute * MINUTE + 6 * SECOND * one) for one in range(count)]


def test_the_record_that_reaches_the_end_of_the_window_tells_it() -> None:
    log = _log(*_minutes(10), *_rush(10, 5), ("k1:o", 11 * MINUTE - 1), ("k1:o", 11 * MINUTE))
    found = anomaly_checks.expected(log)
    assert list(found) == [f"k1:c/60s/{10 * MINUTE}"]
    one = found[f"k1:c/60s/{10 * MINUTE}"]
    assert (one["transactions"], one["windows"], one["mean"], one["deviation"], one["z_score"]) == (5, 10, 1, 0, 4)
    assert one["source_offset"] == 16


def test_too_few_windows_or_transactions_are_none() -> None:
    assert not anomaly_checks.expected(_log(*_minutes(9), *_rush(9, 9), ("k1:o", 11 * MINUTE)))
    assert not anomaly_checks.expected(_log(*_minutes(10), *_rush(10, 4), ("k1:o", 11 * MINUTE)))


def test_what_comes_after_the_window_closed_changes_nothing() -> None:
    events = [*_minutes(10), *_rush(10, 4), ("k1:o", 11 * MINUTE), *_rush(10, 5), ("k1:o", 12 * MINUTE)]
    assert not anomaly_checks.expected(_log(*events))


def test_missing_doubled_and_wrong_rows_are_found() -> None:
    wanted = anomaly_checks.expected(_log(*_minutes(10), *_rush(10, 5), ("k1:o", 11 * MINUTE)))
    right = list(wanted.values())
    for rows in ([], right * 2, [{**right[0], "mean": 1.1}], [{**right[0], "anomaly_id": "x"}]):
        report = Report()
        anomaly_checks.check_rows(report, "gold.anomalies", wanted, rows)
        assert report.violations
    report = Report()
    anomaly_checks.check_rows(report, "gold.anomalies", wanted, right)
    assert not report.violations
