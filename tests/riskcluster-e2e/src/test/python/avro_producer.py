"""Produces transactions as Avro in Confluent's wire format, by Confluent's own client of schema registries.

Arguments: Kafka's bootstrap, the registry's address, the first transaction's number, how many. Every second one is
written by a later version of the schema, with a field more. Prints the ids of the schemas as JSON.
"""
import json
import sys
import time
from decimal import Decimal

from confluent_kafka import Producer
from confluent_kafka.schema_registry import Schema, SchemaReference, SchemaRegistryClient
from confluent_kafka.schema_registry.avro import AvroSerializer
from confluent_kafka.serialization import MessageField, SerializationContext

TOPIC = "transactions"
METHOD = {"type": "enum", "name": "Method", "namespace": "shop", "symbols": ["card", "crypto"]}
FIELDS = [
    {"name": "transaction_id", "type": "string"},
    {"name": "user_id", "type": "long"},
    {"name": "amount", "type": {"type": "bytes", "logicalType": "decimal", "precision": 18, "scale": 4}},
    {"name": "timestamp", "type": {"type": "long", "logicalType": "timestamp-micros"}},
    {"name": "payment_method", "type": "shop.Method"},
]
MORE = {"name": "channel", "type": ["null", "string"], "default": None}


def schema(fields):
    """It refers to the schema of another subject."""
    record = {"type": "record", "name": "Transaction", "namespace": "shop", "fields": fields}
    return Schema(json.dumps(record), "AVRO", [SchemaReference("shop.Method", "shop.Method", 1)])


def main():
    bootstrap, registry, first, count = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
    client = SchemaRegistryClient({"url": registry})
    client.register_schema("shop.Method", Schema(json.dumps(METHOD), "AVRO"))
    versions = [schema(FIELDS), schema([*FIELDS, MORE])]
    writers = [AvroSerializer(client, version) for version in versions]
    producer = Producer({"bootstrap.servers": bootstrap})
    now = int(time.time() * 1_000_000)
    for n in range(first, first + count):
        transaction = {
            "transaction_id": f"avro-{n}",
            "user_id": n % 7,
            "amount": Decimal(n) / 100,
            "timestamp": now - 60_000_000 + n,
            "payment_method": "crypto" if n % 10 == 0 else "card",
        }
        if n % 2:
            transaction["channel"] = "app"
        value = writers[n % 2](transaction, SerializationContext(TOPIC, MessageField.VALUE))
        producer.produce(TOPIC, key=str(n % 7), value=value)
    producer.flush()
    print(json.dumps([client.register_schema(f"{TOPIC}-value", version) for version in versions]))


main()
