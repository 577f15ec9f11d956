"""Strict JSON (RFC 8259, UTF-8): numbers keep their letters, a name stands once in an object, 32 levels at most."""

from __future__ import annotations

import json
from typing import Any, List, Tuple

#: "Rejected also: ... more than 32 levels"; the outermost object is the first level.
LEVELS_MAX = 32


class NotJson(ValueError):
    """The bytes are not one JSON text."""


class TooDeep(ValueError):
    """More than 32 levels."""


class Number(str):
    """A JSON number with a fraction or an exponent, as it is written."""

    __slots__ = ()


class Integer(Number):
    """A JSON number without fraction and exponent, as it is written."""

    __slots__ = ()


def _object(pairs: List[Tuple[str, Any]]) -> dict:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise NotJson("a name stands twice in one object")
    return members


def _constant(name: str) -> Any:
    raise NotJson(f"{name} is no JSON number")


_DECODER = json.JSONDecoder(
    object_pairs_hook=_object, parse_float=Number, parse_int=Integer, parse_constant=_constant
)


def depth(text: bytes) -> int:
    """The greatest number of objects and arrays open at once, strings left out."""
    greatest = level = 0
    in_string = escaped = False
    for byte in text:
        if in_string:
            if escaped:
                escaped = False
            elif byte == 0x5C:
                escaped = True
            elif byte == 0x22:
                in_string = False
        elif byte == 0x22:
            in_string = True
        elif byte in b"[{":
            level += 1
            greatest = max(greatest, level)
        elif byte in b"]}":
            level -= 1
    return greatest


def parse(value: bytes) -> Any:
    """The JSON value, numbers as `Number`; raises `NotJson` or `TooDeep`."""
    if value.count(b"{") + value.count(b"[") > LEVELS_MAX and depth(value) > LEVELS_MAX:
        raise TooDeep(f"more than {LEVELS_MAX} levels")
    try:
        return _DECODER.decode(value.decode("utf-8", "strict"))
    except NotJson:
        raise
    except (ValueError, RecursionError) as error:
        raise NotJson(str(error)) from None
