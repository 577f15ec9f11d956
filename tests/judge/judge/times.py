"""Event times: microseconds since 1970 UTC, from integers and ISO-8601, and the local hour and day of one."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Optional, Tuple
from zoneinfo import ZoneInfo

SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US

_SPAN_US = {"ms": 1_000, "s": SECOND_US, "m": MINUTE_US, "h": HOUR_US, "d": DAY_US}
_SPAN = re.compile(r"^(\d+)\s*(ms|s|m|h|d)$")
_ISO_SPAN = re.compile(r"^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$")

_ISO = re.compile(
    r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,9}))?)?"
    r"(?:(Z)|([+-])([0-9]{2})(?::?([0-9]{2}))?)"
)
_EPOCH_ORDINAL = date(1970, 1, 1).toordinal()
_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)
_INT64 = 1 << 63


def span_us(text: str) -> int:
    """A length of time as the rule file writes it (`30m`, `7d`, `PT1H`), in microseconds."""
    plain = _SPAN.match(text)
    if plain:
        return int(plain.group(1)) * _SPAN_US[plain.group(2)]
    iso = _ISO_SPAN.match(text)
    if not iso or not any(iso.groups()):
        raise ValueError(f"not a length of time: {text!r}")
    days, hours, minutes, seconds = (int(part or 0) for part in iso.groups())
    return days * DAY_US + hours * HOUR_US + minutes * MINUTE_US + seconds * SECOND_US


def from_integer(number: int) -> Optional[int]:
    """ "an integer since 1970: below 10^11 seconds, below 10^14 milliseconds, else microseconds"."""
    if number < 10**11:
        micros = number * SECOND_US
    elif number < 10**14:
        micros = number * 1_000
    else:
        micros = number
    return micros if -_INT64 <= micros < _INT64 else None


@lru_cache(maxsize=4096)
def _day_us(year: int, month: int, day: int) -> int:
    return (date(year, month, day).toordinal() - _EPOCH_ORDINAL) * DAY_US


def from_iso(text: str) -> Optional[int]:
    """ "ISO-8601 with zone": the extended form with Z or an offset; what is finer than a microsecond is cut off."""
    match = _ISO.fullmatch(text)
    if not match:
        return None
    year, month, day, hour, minute, second, fraction, zulu, sign, zone_h, zone_m = match.groups()
    if int(hour) > 23 or int(minute) > 59 or int(second or 0) > 59:
        return None
    try:
        micros = _day_us(int(year), int(month), int(day))
    except ValueError:
        return None
    micros += int(hour) * HOUR_US + int(minute) * MINUTE_US + int(second or 0) * SECOND_US
    if fraction:
        micros += int(fraction[:6].ljust(6, "0"))
    if zulu:
        return micros
    if int(zone_h) > 18 or int(zone_m or 0) > 59:
        return None
    shift = int(zone_h) * HOUR_US + int(zone_m or 0) * MINUTE_US
    return micros - shift if sign == "+" else micros + shift


def hour_and_day(local_us: int) -> Tuple[int, int]:
    """The hour (0 to 23) and the ISO day of week (1 to 7, 1970-01-01 was a Thursday)."""
    return local_us // HOUR_US % 24, (local_us // DAY_US + 3) % 7 + 1


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


@lru_cache(maxsize=65536)
def _offset_us(zone: str, quarter: int) -> int:
    """The zone's offset from UTC in one quarter of an hour: no zone has changed within one since 1970."""
    try:
        moment = _EPOCH + timedelta(microseconds=quarter * 15 * MINUTE_US)
    except OverflowError:  # before the year 1, when every zone kept one local mean time
        moment = datetime(2, 1, 1, tzinfo=timezone.utc)
    shift = moment.astimezone(_zone(zone)).utcoffset()
    assert shift is not None
    return shift // timedelta(microseconds=1)


def local_us(event_us: int, zone: Optional[str]) -> int:
    """ "Local is UTC unless the file gives the country a zone"; as microseconds since 1970 of the local clock."""
    if zone is None:
        return event_us
    return event_us + _offset_us(zone, event_us // (15 * MINUTE_US))


def iso_text(event_us: int) -> str:
    """An event time as text, for people."""
    return (_EPOCH + timedelta(microseconds=event_us)).isoformat()
