"""The three tables in a folder, written by PyIceberg as the product would write them."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, Dict, List

import pyarrow as pa
from pyiceberg.catalog.sql import SqlCatalog
from pyiceberg.partitioning import PartitionField, PartitionSpec
from pyiceberg.schema import Schema
from pyiceberg.transforms import DayTransform
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DecimalType,
    DoubleType,
    FloatType,
    IntegerType,
    ListType,
    LongType,
    NestedField,
    StringType,
    StructType,
    TimestamptzType,
)

from judge import schema
from judge.lake import BRONZE

TOPIC = "transactions"
_KINDS = {
    "string": StringType(), "int": IntegerType(), "long": LongType(), "boolean": BooleanType(), "binary": BinaryType(),
    "timestamptz": TimestamptzType(), "decimal(18, 4)": DecimalType(18, 4), "double": DoubleType(),
}  # fmt: skip
_PARSED = {
    "currency": "string", "merchant": "string", "terminal_id": "string", "payment_method": "string",
    "location": "string", "device_id": "string", "is_fraud": "boolean",
}  # fmt: skip


def _field(name: str, kind: str, number: int) -> NestedField:
    def inner(shift: int, of: str, what: Any) -> NestedField:
        return NestedField(1000 + number * 10 + shift, of, what, required=False)

    if name == "headers":
        struct = StructType(inner(1, "key", StringType()), inner(2, "value", BinaryType()))
        return NestedField(number, name, ListType(1000 + number * 10, struct, element_required=False))
    if name == "fired_rules":
        struct = StructType(
            inner(1, "rule", StringType()), inner(2, "points", IntegerType()), inner(3, "observed", StringType())
        )
        return NestedField(number, name, ListType(1000 + number * 10, struct, element_required=False))
    if name == "features":
        return NestedField(number, name, ListType(1000 + number * 10, FloatType(), element_required=False))
    return NestedField(number, name, _KINDS[kind or "int"], required=False)


def create(folder: Path) -> SqlCatalog:
    """An empty lake."""
    folder.mkdir(parents=True)
    catalog = SqlCatalog("riskcluster", uri=f"sqlite:///{folder}/catalog.db", warehouse=f"file://{folder}/warehouse")
    catalog.create_namespace("bronze")
    catalog.create_namespace("silver")
    for name, columns in schema.COLUMNS.items():
        every = {**columns, **(_PARSED if name == BRONZE else {})}
        fields = [_field(column, kind, n) for n, (column, kind) in enumerate(every.items(), 1)]
        day = list(every).index(schema.DAY_OF[name]) + 1
        spec = PartitionSpec(PartitionField(day, 1000, DayTransform(), schema.DAY_OF[name] + "_day"))
        catalog.create_table(name, Schema(*fields), partition_spec=spec, properties={"format-version": "2"})
    return catalog


def properties(batch: int, offsets: Dict[int, int]) -> Dict[str, str]:
    """What a snapshot carries."""
    told = json.dumps({TOPIC: {str(p): offset for p, offset in offsets.items()}})
    return {"rc.batch-id": str(batch), "rc.offsets": told, "rc.epoch": "1"}


def as_arrow(catalog: SqlCatalog, name: str, rows: List[Dict[str, Any]]) -> pa.Table:
    """The rows with the types of the table."""
    kind = catalog.load_table(name).schema().as_arrow()
    columns = {}
    for field in kind:
        values = [row[field.name] for row in rows]
        if field.name == "amount":
            values = [Decimal(v).scaleb(-4) for v in values]
        columns[field.name] = pa.array(values, field.type)
    return pa.table(columns, schema=kind)


def append(catalog: SqlCatalog, name: str, rows: List[Dict[str, Any]], batch: int, offsets: Dict[int, int]) -> None:
    """One snapshot; without rows none."""
    if rows:
        told = properties(batch, offsets)
        catalog.load_table(name).append(as_arrow(catalog, name, rows), snapshot_properties=told)
