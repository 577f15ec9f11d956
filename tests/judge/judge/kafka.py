"""Reads whole topics: "Input is read with `read_committed`. Offsets of control records and aborted transactions are no
gaps"."""

from __future__ import annotations

import logging
import time
from typing import Dict, List

from confluent_kafka import Consumer, KafkaError, KafkaException, Message, TopicPartition

from .model import Record

Log = Dict[int, List[Record]]

TIMEOUT_S = 15.0
_SILENCE_MAX_S = 60.0
_PAUSE_S = 0.2
_BATCH = 10_000
_QUIET = logging.getLogger("judge.kafka.client")
_QUIET.addHandler(logging.NullHandler())
_QUIET.propagate = False


class Unreachable(Exception):
    """Kafka or Postgres does not answer, or does not have what the judge is to read."""


def read_topic(bootstrap: str, topic: str) -> Log:
    """Every committed record of the topic up to its end as of now, by partition, in the log's order."""
    consumer = Consumer(
        {
            "logger": _QUIET,  # what matters arrives as an error
            "bootstrap.servers": bootstrap,
            "group.id": "riskcluster-judge",
            "enable.auto.commit": False,
            "isolation.level": "read_committed",
            "auto.offset.reset": "error",
            "enable.partition.eof": True,
            "check.crcs": True,
            "fetch.message.max.bytes": 8 << 20,
            "queued.max.messages.kbytes": 128 << 10,
        }
    )
    try:
        return _read(consumer, topic)
    except KafkaException as error:
        raise Unreachable(f"Kafka at {bootstrap}, topic {topic}: {error}") from error
    finally:
        consumer.close()


def _read(consumer: Consumer, topic: str) -> Log:
    found = consumer.list_topics(topic, timeout=TIMEOUT_S).topics[topic]
    if found.error is not None or not found.partitions:
        raise Unreachable(f"Kafka has no topic {topic}: {found.error}")
    log: Log = {partition: [] for partition in sorted(found.partitions)}
    starts = []
    for partition in log:
        low, _ = consumer.get_watermark_offsets(TopicPartition(topic, partition), timeout=TIMEOUT_S)
        starts.append(TopicPartition(topic, partition, low))
    consumer.assign(starts)
    open_partitions = set(log)
    heard = time.monotonic()
    while open_partitions:
        messages = consumer.consume(_BATCH, timeout=_PAUSE_S)
        if messages:
            heard = time.monotonic()
        elif time.monotonic() - heard > _SILENCE_MAX_S:
            raise Unreachable(f"topic {topic}: no answer for {_SILENCE_MAX_S:.0f} s")
        for message in messages:
            _take(message, log, open_partitions, consumer)
    return log


def _take(message: Message, log: Log, open_partitions: set, consumer: Consumer) -> None:
    error = message.error()
    topic, partition, offset = message.topic(), message.partition(), message.offset()
    assert topic is not None and partition is not None and offset is not None
    if error is not None:
        if error.code() == KafkaError._PARTITION_EOF:
            if partition in open_partitions:
                open_partitions.discard(partition)
                consumer.pause([TopicPartition(topic, partition)])
            return
        raise KafkaException(error)
    if partition not in open_partitions:
        return  # came after the end that was read to
    _, kafka_ms = message.timestamp()
    headers = tuple(message.headers() or ())
    log[partition].append(Record(partition, offset, kafka_ms, message.key(), message.value(), headers))
