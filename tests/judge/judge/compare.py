"""Compares columns of a table with expected values, many rows at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Callable, List, Optional, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .model import UNITS_PER_ONE
from .report import OFFENDERS_MAX, Check

#: Columns whose expected values are integers although the table's are not.
_MONEY, _TIMES = {"amount"}, {"event_time", "kafka_time"}


def one_chunk(column: pa.ChunkedArray) -> pa.Array:
    """The column as one array."""
    if not isinstance(column, pa.ChunkedArray):
        return column
    return pa.concat_arrays(column.chunks) if column.num_chunks else pa.array([], column.type)


def units(column: pa.Array) -> pa.Array:
    """Decimals as whole units of 10^-4."""
    scaled = pc.multiply(column.cast(pa.decimal128(18, 4)), pa.scalar(Decimal(UNITS_PER_ONE)))
    return scaled.cast(pa.decimal128(38, 0)).cast(pa.int64())


def micros(column: pa.Array) -> pa.Array:
    """Times as microseconds since 1970."""
    return column.cast(pa.timestamp("us", "UTC")).cast(pa.int64())


def plain(name: str, column: pa.ChunkedArray) -> pa.Array:
    """A column in the form in which values are expected."""
    array = one_chunk(column)
    if name in _MONEY:
        return units(array)
    if name in _TIMES:
        return micros(array)
    kind = array.type
    if pa.types.is_large_string(kind) or pa.types.is_string(kind) or pa.types.is_dictionary(kind):
        return array.cast(pa.large_string())
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        return array.cast(pa.large_binary())
    return array


def differing(expected: pa.Array, actual: pa.Array) -> np.ndarray:
    """True where the two differ; null equals null."""
    same = pc.fill_null(pc.equal(expected, actual), False)
    both_null = pc.and_(pc.is_null(expected), pc.is_null(actual))
    return ~np.asarray(pc.or_(same, both_null).to_numpy(zero_copy_only=False), dtype=bool)


def compare_column(
    check: Check,
    name: str,
    expected: Sequence[Any],
    column: pa.ChunkedArray,
    where: Callable[[int], str],
    only: Optional[np.ndarray] = None,
) -> None:
    """Row by row; `where` names a row, `only` marks the rows that are looked at."""
    actual = plain(name, column)
    try:
        wanted = pa.array(expected, actual.type)
    except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError) as error:
        check.violated(f"{name}: cannot be of type {actual.type}: {error}", len(expected))
        return
    wrong = differing(wanted, actual)
    if only is not None:
        wrong &= only
    check.looked(len(expected) if only is None else int(only.sum()))
    report_rows(
        check, wrong, lambda row: f"{where(row)}: {name} is {short(actual[row])}, expected {short(wanted[row])}"
    )


def report_rows(check: Check, wrong: np.ndarray, say: Callable[[int], str]) -> None:
    """A violation for each marked row, the first of them in words."""
    rows = np.flatnonzero(wrong)
    for row in rows[:OFFENDERS_MAX]:
        check.violated(say(int(row)))
    if len(rows) > OFFENDERS_MAX:
        check.violated("more", len(rows) - OFFENDERS_MAX)


def short(value: Any) -> str:
    """A value for people."""
    text = repr(value.as_py() if isinstance(value, pa.Scalar) else value)
    return text if len(text) <= 80 else text[:77] + "..."


def offset_text(topic: str, partition: int, offsets: Sequence[int]) -> Callable[[int], str]:
    """Names rows by their coordinates, as `ce_id` does."""
    return lambda row: f"{topic}/{partition}/{offsets[row]}"


def header_list(cell: Any) -> List[tuple]:
    """The headers of one row, whether they are a map or a list of structs, as (name, bytes)."""
    found = []
    for one in cell or ():
        name, value = (tuple(one.values())[:2]) if isinstance(one, dict) else one
        found.append((name, value.encode("utf-8") if isinstance(value, str) else value))
    return found
