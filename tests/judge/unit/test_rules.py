"""Rule files, kinds and switches."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Dict, List, Tuple

import pytest

from judge.history import History
from judge.model import Decision, Transaction
from judge.rules import Rules, Schedule, amount_text
from judge.score import decide
from sample import RULES
from sample_lives import START_US


def file_of(**rule: Any) -> Dict[str, Any]:
    return {"name": "one", "rules": [{"id": "it", "points": 30, **rule}]}


def run(rules: Rules, log: List[Tuple[int, str]], **fields: Any) -> List[Decision]:
    history, found = History(), []
    for number, (seconds, amount) in enumerate(log):
        units = int(Decimal(amount) * 10_000)
        tx = Transaction(f"t{number}", "u", units, START_US + seconds * 1_000_000, **fields)
        decision = decide(tx, history, rules, number)
        assert decision is not None
        found.append(decision)
    return found


def observed(decisions: List[Decision]) -> List[Any]:
    return [decision.fired[0].observed if decision.fired else None for decision in decisions]


def test_amount_above_is_strict_and_knows_limits_per_currency() -> None:
    rules = Rules.of({**file_of(kind="amount_above", threshold="5000"), "amount_limits": {"JPY": "6000.5"}})
    assert observed(run(rules, [(0, "5000"), (0, "5000.0001")])) == [None, "5000.0001"]
    assert observed(run(rules, [(0, "6000.5"), (0, "6001")], currency="JPY")) == [None, "6001"]


def test_count_above_counts_the_record_itself() -> None:
    rules = Rules.of(file_of(kind="count_above", window="30m", threshold=2))
    assert observed(run(rules, [(0, "1"), (0, "1"), (1799, "1"), (1800, "1")])) == [None, None, "3", None]


def test_amount_over_average_includes_the_record_itself() -> None:
    rules = Rules.of(file_of(kind="amount_over_average", window="1d", factor="1.5", min_count=3))
    # averages: 10, 10, (10+10+30)/3 = 16.67 -> 25; 30 is above
    assert observed(run(rules, [(0, "10"), (1, "10"), (2, "30")])) == [None, None, "30"]
    assert observed(run(rules, [(0, "10"), (1, "10"), (2, "20")])) == [None, None, None]  # 20 is not above 20


def test_payment_method_is_compared_in_any_case() -> None:
    rules = Rules.of(file_of(kind="payment_method_in", values=["crypto"]))
    assert observed(run(rules, [(0, "1")], payment_method="CryPTo")) == ["CryPTo"]
    assert observed(run(rules, [(0, "1")], payment_method="cryptos")) == [None]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="moon_phase"):
        Rules.of(file_of(kind="moon_phase"))


def test_bands_and_the_alert_band() -> None:
    rules = Rules.read(RULES)
    assert [rules.band(points) for points in (75, 74, 50, 49, 25, 24, 10, 9, 0)] == [
        "CRITICAL", "HIGH", "HIGH", "MEDIUM", "MEDIUM", "LOW", "LOW", "MINIMAL", "MINIMAL",
    ]  # fmt: skip
    assert Rules.of({**file_of(kind="flag"), "alert_from": "CRITICAL"}).alert_bands == {"CRITICAL"}


def test_a_switch_holds_from_its_offset_on_in_its_partition() -> None:
    first, second = Rules.of(file_of(kind="flag")), Rules.of(file_of(kind="flag"))
    schedule = Schedule(first)
    schedule.switch(1, 10, second)
    assert [schedule.at(p, offset) is second for p, offset in ((1, 9), (1, 10), (1, 11), (0, 11))] == [False, True, True, False]


def test_amounts_are_plain_text() -> None:
    assert [amount_text(units) for units in (0, 1, 10_000, 12_500, 10**18 - 1, 10**17)] == [
        "0", "0.0001", "1", "1.25", "99999999999999.9999", "10000000000000",
    ]  # fmt: skip
