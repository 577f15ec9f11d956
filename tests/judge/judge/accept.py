"""Which records are accepted, and what they say: CONTRACT's section "The transaction"."""

from __future__ import annotations

import re
from datetime import datetime, timezone
from decimal import Decimal
from typing import Any, Callable, Dict, Mapping, Optional, Union

from . import jsontext, times
from .jsontext import Integer, Number
from .model import Record, Refusal, Transaction

#: "more than 1 MiB" of value.
VALUE_BYTES_MAX = 1 << 20
#: "`transaction_id`: non-empty string, at most 256 bytes."
TRANSACTION_ID_BYTES_MAX = 256
#: "More than 5 minutes ahead of the record's Kafka time: rejected."
AHEAD_MAX_US = 5 * times.MINUTE_US
#: "at most 18 digits of which 4 after the point".
UNITS_MAX = 10**18 - 1

_OPTIONAL_TEXTS = ("currency", "merchant", "terminal_id", "payment_method", "location", "device_id")
_NUMBER = re.compile(r"(-?)([0-9]+)(?:\.([0-9]+))?(?:[eE]([+-]?)([0-9]+))?")
_PLAIN = re.compile(r"([0-9]{1,14})(?:\.([0-9]{1,4}))?")

AvroDecoder = Callable[[bytes], Mapping[str, Any]]


class _Refused(Exception):
    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(reason)
        self.refusal = Refusal(reason, detail)


def units_of(letters: str) -> Optional[int]:
    """The amount in 10^-4, or None where it is negative or "not representable"; an exponent is never expanded."""
    plain = _PLAIN.fullmatch(letters)
    if plain:
        return int(plain.group(1)) * 10_000 + int((plain.group(2) or "").ljust(4, "0"))
    match = _NUMBER.fullmatch(letters)
    if not match:
        return None
    sign, whole, fraction, exp_sign, exp = match.groups()
    fraction = fraction or ""
    significant = (whole + fraction).lstrip("0")
    digits = significant.rstrip("0")
    if not digits:
        return 0  # -0 is 0: "0 or more"
    exp = (exp or "").lstrip("0")
    if sign or len(exp) > 9:
        return None
    power = (-1 if exp_sign == "-" else 1) * int(exp or 0) - len(fraction) + len(significant) - len(digits)
    if power < -4 or len(digits) + power > 14:
        return None
    return int(digits) * 10 ** (power + 4)


def _text(fields: Mapping[str, Any], name: str) -> Optional[str]:
    found = fields.get(name)
    if found is None:
        return None
    if type(found) is not str:
        raise _Refused("wrong_type", f"{name} is not a string")
    if not found.isascii():
        try:
            found.encode("utf-8")
        except UnicodeEncodeError:
            raise _Refused("undecodable", f"{name} holds half a surrogate pair") from None
    return found


def _required(fields: Mapping[str, Any], name: str) -> Any:
    found = fields.get(name)
    if found is None:
        raise _Refused("missing_field", f"{name} is missing")
    return found


def _transaction_id(fields: Mapping[str, Any]) -> str:
    _required(fields, "transaction_id")
    found = _text(fields, "transaction_id")
    if not found or len(found.encode("utf-8")) > TRANSACTION_ID_BYTES_MAX:
        raise _Refused("bad_transaction_id", "transaction_id is empty or longer than 256 bytes")
    return found


def _user_id(fields: Mapping[str, Any]) -> str:
    """ "string or integer; `7` and `"7"` are the same customer"."""
    found = _required(fields, "user_id")
    if type(found) is Integer:
        return "0" if found == "-0" else str(found)
    if type(found) is int:
        return str(found)
    text = _text(fields, "user_id")
    assert text is not None
    return text


def _units(fields: Mapping[str, Any]) -> int:
    """ "Avro double is read as its shortest decimal; Avro decimal as it is."."""
    found = _required(fields, "amount")
    if isinstance(found, Number):
        units = units_of(found)
    elif type(found) in (int, float, Decimal):
        units = units_of(repr(found) if type(found) is float else str(found))
    else:
        raise _Refused("wrong_type", "amount is not a number")
    if units is None:
        raise _Refused("amount_not_representable", f"amount not representable: {str(found)[:40]}")
    return units


def _event_us(fields: Mapping[str, Any]) -> int:
    found = _required(fields, "timestamp")
    micros: Optional[int]
    if type(found) is Integer:
        micros = times.from_integer(int(found)) if len(found) <= 20 else None
    elif type(found) is int:
        micros = times.from_integer(found)
    elif type(found) is datetime:  # an Avro logical type says its unit itself
        moment = found if found.tzinfo else found.replace(tzinfo=timezone.utc)
        span = moment - datetime(1970, 1, 1, tzinfo=timezone.utc)
        micros = (span.days * 86_400 + span.seconds) * 1_000_000 + span.microseconds
    elif type(found) is str:
        micros = times.from_iso(found)
    else:
        raise _Refused("wrong_type", "timestamp is neither text nor integer")
    if micros is None:
        raise _Refused("bad_timestamp", f"not a point in time: {str(found)[:40]}")
    return micros


def _is_fraud(fields: Mapping[str, Any]) -> Optional[bool]:
    found = fields.get("is_fraud")
    if found is not None and type(found) is not bool:
        raise _Refused("wrong_type", "is_fraud is not a boolean")
    return found


def _decode(value: bytes, avro: Optional[AvroDecoder]) -> Mapping[str, Any]:
    """ "value JSON or Avro (Confluent wire format)": a first byte 0 is the latter's mark and can begin no JSON."""
    if value[:1] == b"\x00":
        if avro is None:
            raise _Refused("undecodable", "Avro, and no schemas are given")
        try:
            fields: Any = avro(value)
        except Exception as error:  # whatever the library says of broken bytes
            raise _Refused("undecodable", f"Avro: {error}") from None
    else:
        try:
            fields = jsontext.parse(value)
        except jsontext.TooDeep as error:
            raise _Refused("too_deep", str(error)) from None
        except jsontext.NotJson as error:
            raise _Refused("undecodable", str(error)) from None
    if not isinstance(fields, Mapping):
        raise _Refused("wrong_type", "not an object")
    return fields


def accept(record: Record, avro: Optional[AvroDecoder] = None) -> Union[Transaction, Refusal]:
    """The transaction, or why the record is rejected; where several reasons hold, any one of them."""
    try:
        return _accept(record, avro)
    except _Refused as refused:
        return refused.refusal


def _accept(record: Record, avro: Optional[AvroDecoder]) -> Transaction:
    value = record.value
    if value is None:
        raise _Refused("null_value", "the value is null")
    if len(value) > VALUE_BYTES_MAX:
        raise _Refused("too_large", "the value is larger than 1 MiB")
    fields = _decode(value, avro)
    texts: Dict[str, Optional[str]] = {name: _text(fields, name) for name in _OPTIONAL_TEXTS}
    transaction = Transaction(
        transaction_id=_transaction_id(fields),
        user_id=_user_id(fields),
        units=_units(fields),
        event_us=_event_us(fields),
        is_fraud=_is_fraud(fields),
        **texts,
    )
    if transaction.event_us > record.kafka_ms * 1_000 + AHEAD_MAX_US:
        raise _Refused("in_future", "more than 5 minutes ahead of the record's Kafka time")
    if record.key is None or record.key != transaction.user_id.encode("utf-8"):
        raise _Refused("bad_key", "the key is missing or is not the user_id")
    return transaction
