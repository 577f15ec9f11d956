"""The tables' columns and types as CONTRACT's section "The lake" states them."""

from __future__ import annotations

from typing import Dict

from pyiceberg.table import StaticTable
from pyiceberg.types import IcebergType, ListType, StructType

from .lake import BRONZE, REJECTED, SILVER
from .report import Report

_TEXT, _INT, _LONG, _FLAG, _BYTES = "string", "int", "long", "boolean", "binary"
_TIME, _MONEY = "timestamptz", "decimal(18, 4)"
_ANY = ""

_COORDINATES = {"topic": _TEXT, "partition": _INT, "offset": _LONG, "kafka_time": _TIME}
_WIRE = {"key": _BYTES, "value": _BYTES, "headers": _ANY}

#: "Types: ids, names, bands string; amount decimal(18,4); times timestamptz ...".
COLUMNS: Dict[str, Dict[str, str]] = {
    BRONZE: {
        **_COORDINATES, "ingest_time": _TIME, **_WIRE, "disposition": _TEXT,
        "transaction_id": _TEXT, "user_id": _TEXT, "amount": _MONEY, "event_time": _TIME,
    },
    REJECTED: {**_COORDINATES, **_WIRE, "reason": _TEXT, "detail": _TEXT},
    SILVER: {
        "transaction_id": _TEXT, "customer_key": _TEXT, "device_key": _TEXT, "event_time": _TIME, "amount": _MONEY,
        "currency": _TEXT, "merchant": _TEXT, "terminal_id": _TEXT, "payment_method": _TEXT, "city": _TEXT,
        "country": _TEXT, "amount_category": _TEXT, "hour": _INT, "day_of_week": _INT, "is_weekend": _FLAG,
        "is_high_value": _FLAG, "tx_count_30m": _INT, "points": _INT, "band": _TEXT, "probability": "double",
        "fired_rules": "list<struct<rule string, points int, observed string>>", "features": "list<float>",
        "feature_version": _ANY, "policy_version": _TEXT, "is_late": _FLAG, "is_approximate": _FLAG,
        "source_topic": _TEXT, "source_partition": _INT, "source_offset": _LONG,
    },
}  # fmt: skip

#: "`bronze.transactions` (table partition: day of event time)", "`bronze.rejected` (day of Kafka time)".
DAY_OF = {BRONZE: "event_time", REJECTED: "kafka_time", SILVER: "event_time"}


def type_text(kind: IcebergType) -> str:
    """An Iceberg type as CONTRACT writes it."""
    if isinstance(kind, ListType):
        return f"list<{type_text(kind.element_type)}>"
    if isinstance(kind, StructType):
        return "struct<" + ", ".join(f"{field.name} {type_text(field.field_type)}" for field in kind.fields) + ">"
    return str(kind)


def check_schema(report: Report, name: str, table: StaticTable) -> None:
    """Names, types and the table partition."""
    check = report.check("lake.schema")
    fields = {field.name: field for field in table.schema().fields}
    for column, kind in COLUMNS[name].items():
        if check.expect(column in fields, f"{name} has no column {column}") and kind:
            found = type_text(fields[column].field_type)
            check.expect(found == kind, f"{name}.{column} is {found}, not {kind}")
    if name == SILVER:
        extra = sorted(set(fields) - set(COLUMNS[SILVER]))
        check.expect(not extra, f"{name} has columns that CONTRACT does not name: {extra}")
    days = [
        (table.schema().find_column_name(field.source_id), str(field.transform)) for field in table.spec().fields
    ]
    check.expect(days == [(DAY_OF[name], "day")], f"{name} is partitioned by {days}")
