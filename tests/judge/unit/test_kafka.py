"""The reader against the client library's own mock of a broker."""

from __future__ import annotations

from typing import Iterator

import pytest
from confluent_kafka import Producer

from judge import kafka


@pytest.fixture(scope="module")
def bootstrap() -> Iterator[str]:
    producer = Producer({"test.mock.num.brokers": 1, "log_level": 0, "bootstrap.servers": "none"})
    broker = next(iter(producer.list_topics(timeout=5).brokers.values()))
    for number in range(500):
        value = (None, b"", b"%d" % number)[min(number, 2)]
        headers = [("a", b"x"), ("none", None), ("a", b"")] if number == 0 else None
        producer.produce("sent", key=b"k", value=value, headers=headers, partition=0, timestamp=1_000 + number)
    producer.flush(10)
    yield f"{broker.host}:{broker.port}"
    del producer


def test_every_record_is_read_once_and_as_it_is(bootstrap: str) -> None:
    log = kafka.read_topic(bootstrap, "sent")
    records = log[0]
    assert [record.offset for record in records] == list(range(500))
    assert [record.value for record in records[:3]] == [None, b"", b"2"]
    assert records[0].headers == (("a", b"x"), ("none", None), ("a", b""))
    assert records[1].headers == ()
    assert (records[7].kafka_ms, records[7].key) == (1_007, b"k")
    assert all(not rest for partition, rest in log.items() if partition != 0)


def test_a_broker_that_is_not_there_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kafka, "TIMEOUT_S", 0.3)
    with pytest.raises(kafka.Unreachable):
        kafka.read_topic("127.0.0.1:1", "sent")
