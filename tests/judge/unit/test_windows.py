"""The truth's windows against brute force, on random logs full of borders."""

from __future__ import annotations

import math
import random

import pytest

import brute
from judge.history import History
from judge.model import Record, Transaction
from judge.rules import Rules, Schedule
from judge.score import FEATURES, WINDOWS_US, decide
from judge.truth import judged
from sample import RULES
from sample_lives import START_US, lives

EDGES = tuple(length + shift for length in brute.LENGTHS for shift in (-1, 0, 1))


def random_log(seed: int, people: int, records: int) -> list:
    dice = random.Random(seed)
    now = {n: START_US for n in range(people)}
    log: list = []
    for number in range(records):
        who = dice.randrange(people)
        turn = dice.random()
        name, moment = f"n{number}", now[who]
        if turn < 0.1 and log:
            again = dice.choice(log[-30:])
            who, name = int(again.user), again.name
            moment = again.moment + dice.choice((0, 1, -1, *EDGES[6:9], *(-e for e in EDGES[6:9])))
        elif turn < 0.25:
            moment -= dice.choice(EDGES[:9]) + dice.choice((0, 0, dice.randrange(3 * brute.MINUTE)))
        else:
            moment += dice.choice((0, 0, 1, *EDGES[:6], dice.choice(EDGES), dice.randrange(20 * brute.MINUTE)))
        now[who] = max(now[who], moment)
        log.append(brute.Sent(str(who), name, moment, dice.choice((0, 1, 10**18 - 1, dice.randrange(10**8)))))
    return log


@pytest.mark.parametrize("seed", range(8))
def test_windows_lateness_and_duplicates_are_those_of_brute_force(seed: int) -> None:
    log = random_log(seed, people=5, records=900)
    rules = Rules.read(RULES)
    histories = {sent.user: History() for sent in log}
    late = duplicates = 0
    for number, (sent, answer) in enumerate(zip(log, brute.answers(log))):
        tx = Transaction(sent.name, sent.user, sent.units, sent.moment)
        before = histories[sent.user].windows(sent.moment, WINDOWS_US)
        decision = decide(tx, histories[sent.user], rules, number)
        assert (decision is None) == answer.duplicate, sent
        duplicates += answer.duplicate
        if decision is None:
            continue
        late += answer.late
        assert decision.late == answer.late, sent
        assert decision.counts == tuple(count for count, _ in answer.windows), sent
        assert [units + sent.units for _, units in before] == [units for _, units in answer.windows]
        features = dict(zip(FEATURES, decision.features))
        for name, (units_count) in (("avg_1d", 2), ("avg_7d", 3), ("avg_30d", 4)):
            count, units = answer.windows[units_count]
            assert features[name] == pytest.approx(float(brute.mean(units, count)), rel=1e-15)
        if answer.previous is None:
            assert math.isnan(features["seconds_since_previous"])
        else:
            assert features["seconds_since_previous"] == (sent.moment - answer.previous) / 1e6
    assert late > 40 and duplicates > 20


def test_the_sample_s_lives_are_those_of_brute_force() -> None:
    cases = [(case, moment) for case, moment in lives(random.Random(3), 12, 1500)]
    log = [Record(0, n, 2 * START_US // 1000, case.user.encode(), case.value) for n, (case, _) in enumerate(cases)]
    truth = list(judged(log, Schedule(Rules.read(RULES))))
    sent = [brute.Sent(one.tx.user_id, one.tx.transaction_id, one.tx.event_us, one.tx.units) for one in truth]
    assert [moment for _, moment in cases] == [one.moment for one in sent]
    for one, answer in zip(truth, brute.answers(sent)):
        assert (one.decision is None) == answer.duplicate
        if one.decision is not None:
            assert (one.decision.late, one.decision.counts) == (answer.late, tuple(c for c, _ in answer.windows))


def test_past_the_limit_a_decision_is_approximate_and_old_ids_are_forgotten() -> None:
    history, rules = History(limit=10), Rules.read(RULES)
    found = [decide(Transaction(f"n{n}", "u", 10_000, START_US + n), history, rules, n) for n in range(12)]
    assert [d.approximate for d in found] == [False] * 11 + [True]
    assert [d.may_be_approximate for d in found] == [False] * 10 + [True] * 2
    assert decide(Transaction("n0", "u", 1, START_US + 12), history, rules, 12) is not None
    assert decide(Transaction("n11", "u", 1, START_US + 12), history, rules, 13) is None
    far = START_US + 31 * 24 * 60 * brute.MINUTE
    assert decide(Transaction("far", "u", 1, far), history, rules, 14).approximate is False
