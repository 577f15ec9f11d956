"""One query that sums a table up, in the words of three engines that agree on little more than SELECT.

Every column contributes how many values it has and a sum over them, so that a value that one engine reads otherwise
shows: numbers as they are, texts and bytes by 60 bits of their MD5, instants in microseconds, fractions in 1024ths,
lists by their lengths.
"""
from pyiceberg.types import (
    BinaryType,
    BooleanType,
    DateType,
    DecimalType,
    DoubleType,
    FloatType,
    IntegerType,
    ListType,
    LongType,
    StringType,
    StructType,
    TimestamptzType,
)

WIDE = "DECIMAL(38,0)"
KINDS = {
    BinaryType: "bytes",
    BooleanType: "truth",
    DateType: "day",
    DecimalType: "number",
    DoubleType: "fraction",
    FloatType: "fraction",
    IntegerType: "number",
    ListType: "list",
    LongType: "number",
    StringType: "text",
    TimestamptzType: "instant",
}

DIALECTS = {
    "duckdb": {
        "quote": '"',
        "text": "CAST('0x' || substr(md5({0}), 1, 15) AS BIGINT)",
        "bytes": "CAST('0x' || substr(md5({0}), 1, 15) AS BIGINT)",
        "instant": "epoch_us({0})",
        "finite": "isfinite({0})",
        "list": "len({0})",
    },
    "spark": {
        "quote": "`",
        "text": "conv(substr(md5({0}), 1, 15), 16, 10)",
        "bytes": "conv(substr(md5({0}), 1, 15), 16, 10)",
        "instant": "unix_micros({0})",
        "finite": "NOT isnan({0}) AND abs({0}) < double('infinity')",
        "list": "size({0})",
    },
    "trino": {
        "quote": '"',
        "text": "from_base(substr(to_hex(md5(to_utf8({0}))), 1, 15), 16)",
        "bytes": "from_base(substr(to_hex(md5({0})), 1, 15), 16)",
        # exact: a double of seconds since 1970 is true to a quarter of a microsecond
        "instant": "CAST(round(to_unixtime({0}) * 1e6) AS BIGINT)",
        "finite": "is_finite({0})",
        "list": "cardinality({0})",
    },
}


def columns(schema):
    """The columns of an Iceberg schema, fields of structs too: (names from outside in, kind)."""
    return list(_columns(schema.fields, []))


def _columns(fields, outer):
    for field in fields:
        path = [*outer, field.name]
        if isinstance(field.field_type, StructType):
            yield from _columns(field.field_type.fields, path)
        else:
            yield path, KINDS[type(field.field_type)]


def statement(engine, source, summed):
    """The query for these columns of a source: the count of rows, then two texts for each column."""
    words = DIALECTS[engine]
    parts = ["CAST(count(*) AS VARCHAR(40))"]
    for path, kind in summed:
        name = ".".join(words["quote"] + part + words["quote"] for part in path)
        parts.append(f"CAST(count({name}) AS VARCHAR(40))")
        parts.append(f"CAST(sum({_value(words, kind, name)}) AS VARCHAR(40))")
    return f"SELECT {', '.join(parts)} FROM {source}"


def _value(words, kind, name):
    if kind == "number":
        return f"CAST({name} AS DECIMAL(38,4))"
    if kind == "truth":
        return f"CASE WHEN {name} THEN 1 ELSE 0 END"
    if kind == "day":
        return f"CAST({words['text'].format(f'CAST({name} AS VARCHAR(10))')} AS {WIDE})"
    if kind == "fraction":
        wide = f"CAST({name} AS DOUBLE)"
        return f"CASE WHEN {words['finite'].format(wide)} THEN CAST(floor({wide} * 1024) AS {WIDE}) END"
    return f"CAST({words[kind].format(name)} AS {WIDE})"
