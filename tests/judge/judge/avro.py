"""Avro in the Confluent wire format: a byte 0, four bytes of schema id, the datum."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, Dict, Mapping

import fastavro

_HEAD = 5


class Schemas:
    """The writers' schemas by id: files `<id>.avsc` or `<anything>-<id>.avsc` in one folder."""

    def __init__(self, schemas: Mapping[int, Any]) -> None:
        self._schemas: Dict[int, Any] = {
            number: fastavro.parse_schema(schema, named_schemas={}) for number, schema in schemas.items()
        }

    @staticmethod
    def read(folder: Path) -> "Schemas":
        """All schemas of a folder."""
        found = {}
        for file in sorted(Path(folder).glob("*.avsc")):
            number = file.stem.rsplit("-", 1)[-1]
            if number.isdigit():
                found[int(number)] = json.loads(file.read_text("utf-8"))
        return Schemas(found)

    def decode(self, value: bytes) -> Mapping[str, Any]:
        """The fields of one record; raises whatever is wrong with the bytes."""
        if len(value) < _HEAD or value[0] != 0:
            raise ValueError("not in the wire format")
        number = int.from_bytes(value[1:_HEAD], "big")
        if number not in self._schemas:
            raise ValueError(f"unknown schema {number}")
        stream = io.BytesIO(value[_HEAD:])
        fields = fastavro.schemaless_reader(stream, self._schemas[number], None)
        if stream.read(1):
            raise ValueError("bytes after the datum")
        if not isinstance(fields, Mapping):
            raise ValueError("not a record")
        return fields
