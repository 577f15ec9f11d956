"""The columns that follow from a decision alone: categories, UTC calendar, pseudonyms."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import Optional

from .model import UNITS_PER_ONE

_CATEGORIES = ((10, "micro"), (100, "small"), (1000, "medium"))


def amount_category(units: int) -> str:
    """ "micro < 10, small < 100, medium < 1000, large <= 5000, else very_large"."""
    for limit, name in _CATEGORIES:
        if units < limit * UNITS_PER_ONE:
            return name
    return "large" if units <= 5000 * UNITS_PER_ONE else "very_large"


def is_high_value(units: int) -> bool:
    """ "`is_high_value`: > 5000"."""
    return units > 5000 * UNITS_PER_ONE


class Pseudonyms:
    """ "`customer_key` = `k<version>:` + lower-case hex HMAC-SHA-256(key, UTF-8 of `customer:` + user_id);
    `device_key` likewise with `device:`"."""

    def __init__(self, key: bytes, version: int = 1) -> None:
        self._key = key
        self._prefix = f"k{version}:"
        self._of = lru_cache(maxsize=1 << 18)(self._compute)

    def _compute(self, text: str) -> str:
        return self._prefix + hmac.new(self._key, text.encode("utf-8"), hashlib.sha256).hexdigest()

    def customer(self, user_id: str) -> str:
        """The customer's key."""
        return self._of("customer:" + user_id)

    def device(self, device_id: Optional[str]) -> Optional[str]:
        """The device's key, null where there is no device."""
        return None if device_id is None else self._of("device:" + device_id)
