"""The producer's own log against topic and bronze: what is sound passes, each planted fault is named."""

import zlib
from types import SimpleNamespace

import pyarrow as pa
import pytest

from judge.lake import BRONZE, REJECTED
from judge.produced import check_produced, read_produced
from judge.report import Report

KEY, VALUE = b"u1", b'{"a":1}'


def _sums(key, value):
    return ",".join("" if part is None else str(zlib.crc32(part)) for part in (key, value))


def _table(places):
    shown = pa.table({"partition": [place[0] for place in places], "offset": [place[1] for place in places]})
    return SimpleNamespace(rows=lambda columns: shown)


def _trial(tmp_path, produced, topic, bronze, rejected, limits=None):
    path = tmp_path / "produced.csv"
    path.write_text("".join(f"{place[0]},{place[1]},{_sums(KEY, VALUE)}\n" for place in produced) + "9,9,half a li")
    log = {}
    for (partition, offset), value in topic.items():
        log.setdefault(partition, []).append(SimpleNamespace(offset=offset, key=KEY, value=value))
    report = Report()
    pin = SimpleNamespace(tables={BRONZE: _table(bronze), REJECTED: _table(rejected)})
    check_produced(report, read_produced(path), log, pin, limits)
    return {check.name for check in report.checks if check.violations}


PLACES = [(0, 0), (0, 1), (1, 0)]
TOPIC = {place: VALUE for place in PLACES}


@pytest.mark.parametrize(
    "topic, bronze, rejected, wrong",
    [
        (TOPIC, PLACES[:2], PLACES[2:], set()),
        (TOPIC, PLACES[:1], PLACES[2:], {"produced.lost"}),
        (TOPIC, PLACES, PLACES[2:], {"produced.doubled"}),
        ({**TOPIC, (0, 1): b"other"}, PLACES, [], {"produced.in_topic"}),
        ({place: VALUE for place in PLACES[:2]}, PLACES, [], {"produced.in_topic"}),
        ({**TOPIC, (1, 7): VALUE}, PLACES, [], {"produced.nothing_else"}),
    ],
)
def test_what_was_produced_is_there_once(tmp_path, topic, bronze, rejected, wrong):
    assert _trial(tmp_path, PLACES, topic, bronze, rejected) == wrong


@pytest.mark.parametrize(
    "topic, bronze, wrong",
    [
        ({**TOPIC, (1, 7): VALUE}, PLACES[:1], set()),
        (TOPIC, [], {"produced.lost"}),
        (TOPIC, PLACES[:1] * 2, {"produced.doubled"}),
        ({place: VALUE for place in PLACES[:2]}, PLACES[:1], {"produced.in_topic"}),
    ],
)
def test_while_nodes_run_only_what_lies_below_the_batch_can_be_lost(tmp_path, topic, bronze, wrong):
    assert _trial(tmp_path, PLACES, topic, bronze, [], limits={0: 1}) == wrong
