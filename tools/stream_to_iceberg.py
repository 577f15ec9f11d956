#!/usr/bin/env python3
"""Streams a Kafka topic into an Iceberg table of your own, each record once.

A template to start from, for data beside RiskCluster's own: RiskCluster writes its tables itself, and nobody else may.
By default it keeps the alerts, as their JSON, in a catalog of its own; replace SCHEMA and row() by yours.

Needs: pip install "pyiceberg[pyarrow,sql-postgres]" confluent-kafka

    tools/stream_to_iceberg.py --bootstrap 127.0.0.1:9092 --catalog sqlite:////tmp/mine.db --warehouse file:///tmp/mine
    tools/stream_to_iceberg.py --bootstrap 127.0.0.1:9092 --topic alerts --until-end ...   # what is there now, then ends

Once, because the offsets are in the same commit as the rows: each snapshot's summary says up to where it goes
(stream.offsets), and a start goes on from there, not from a consumer group. Run one writer for each table: two that
start from the same snapshot both append, and Iceberg refuses the second one's commit only if it is asked to.
"""
import argparse
import json
import time

import pyarrow as pa
from confluent_kafka import Consumer, KafkaError, TopicPartition
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.exceptions import NoSuchTableError

SCHEMA = pa.schema([
    pa.field("partition", pa.int32()),
    pa.field("offset", pa.int64()),
    pa.field("time", pa.timestamp("us", tz="UTC")),
    pa.field("key", pa.string()),
    pa.field("alert_id", pa.string()),
    pa.field("value", pa.string()),
])
OFFSETS = "stream.offsets"
ROWS_MAX = 50_000


def row(message):
    headers = dict(message.headers() or [])
    return {
        "partition": message.partition(),
        "offset": message.offset(),
        "time": message.timestamp()[1] * 1_000,
        "key": text(message.key()),
        "alert_id": text(headers.get("ce_id")),
        "value": text(message.value()),
    }


def text(content):
    return None if content is None else content.decode("utf-8", errors="replace")


def opened(options):
    catalog = SqlCatalog("mine", uri=options.catalog, warehouse=options.warehouse)
    try:
        return catalog.load_table(options.table)
    except NoSuchTableError:
        catalog.create_namespace_if_not_exists(options.table.rsplit(".", 1)[0])
        return catalog.create_table(options.table, schema=SCHEMA)


def reached(table):
    """The next offset of each partition, as the newest snapshot that we wrote says."""
    newest = table.current_snapshot()
    known = newest.summary.additional_properties.get(OFFSETS) if newest else None
    return {int(partition): offset for partition, offset in json.loads(known or "{}").items()}


def consumer(options, offsets):
    settings = {
        "bootstrap.servers": options.bootstrap,
        "group.id": "stream-to-iceberg",  # librdkafka wants one; nothing is ever committed to it
        "enable.auto.commit": False,
        "auto.offset.reset": "error",
        # Each alert once: aborted transactions are not seen.
        "isolation.level": "read_committed",
        "enable.partition.eof": True,
    }
    reading = Consumer(settings)
    partitions = reading.list_topics(options.topic, timeout=20).topics[options.topic].partitions
    places = []
    for partition in partitions:
        first, _ = reading.get_watermark_offsets(TopicPartition(options.topic, partition), timeout=20)
        places.append(TopicPartition(options.topic, partition, offsets.get(partition, first)))
    reading.assign(places)
    return reading, set(partitions)


def append(table, messages, offsets):
    rows = pa.Table.from_pylist([row(message) for message in messages], schema=SCHEMA)
    table.append(rows, snapshot_properties={OFFSETS: json.dumps(offsets)})


def stream(options):
    table = opened(options)
    offsets = reached(table)
    reading, partitions = consumer(options, offsets)
    count, messages, at_end, due = 0, [], set(), time.monotonic() + options.every
    while True:
        for message in reading.consume(1_000, timeout=0.5):
            take(message, messages, offsets, at_end)
        done = options.until_end and at_end == partitions
        if messages and (done or len(messages) >= ROWS_MAX or time.monotonic() >= due):
            append(table, messages, offsets)
            count, messages, due = count + len(messages), [], time.monotonic() + options.every
            print(f"{count} rows", flush=True)
        if done:
            reading.close()
            print(f"{count} rows appended to {options.table}")
            return


def take(message, messages, offsets, at_end):
    """Offsets count what is no message too: the marks that end transactions."""
    partition, error = message.partition(), message.error()
    if error is None:
        messages.append(message)
        offsets[partition] = message.offset() + 1
        at_end.discard(partition)
    elif error.code() == KafkaError._PARTITION_EOF:
        offsets[partition] = message.offset()
        at_end.add(partition)
    else:
        raise SystemExit(f"Kafka: {error}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bootstrap", required=True, help="host:port of Kafka")
    parser.add_argument("--topic", default="alerts", help="default: %(default)s")
    parser.add_argument("--catalog", required=True, metavar="URI", help="your catalog's database, an SQLAlchemy URI")
    parser.add_argument("--warehouse", required=True, metavar="URI", help="where your files go")
    parser.add_argument("--table", default="streamed.alerts", help="default: %(default)s")
    parser.add_argument("--every", type=float, default=10, metavar="SECONDS", help="between commits")
    parser.add_argument("--until-end", action="store_true", help="end when all that is there now is appended")
    stream(parser.parse_args())


main()
