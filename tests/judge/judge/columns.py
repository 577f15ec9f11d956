"""The columns that follow from a decision alone: categories, UTC calendar, pseudonyms."""

from __future__ import annotations

import hashlib
import hmac
from functools import lru_cache
from typing import Callable, List, Mapping, Optional, Union

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

    def __init__(self, key: Union[bytes, Mapping[int, bytes]], version: int = 1, rekeyed: Optional[int] = None) -> None:
        self._keys = {version: key} if isinstance(key, bytes) else dict(key)
        self._one = version if isinstance(key, bytes) else None
        self._rekeyed = rekeyed
        self._of = lru_cache(maxsize=1 << 18)(self._compute)

    def _compute(self, text: str, version: int) -> str:
        return f"k{version}:" + hmac.new(self._keys[version], text.encode("utf-8"), hashlib.sha256).hexdigest()

    def versions(self) -> List[int]:
        """Those of the keys."""
        return sorted(self._keys)

    def in_tables(self, decided: int) -> int:
        """The version under which the tables name who was decided under that one: `privacy rekey` makes old ones new."""
        return self._rekeyed or decided

    def rekeyed(self) -> Optional[int]:
        """The version to which the tables were rekeyed; nothing where they never were."""
        return self._rekeyed

    def now_named(self) -> Optional[Callable[[str], str]]:
        """The name that the tables have for a customer since they were rekeyed; nothing where they never were."""
        rekeyed = self._rekeyed
        return None if rekeyed is None else lambda user_id: self.customer(user_id, rekeyed)

    def customer(self, user_id: str, version: int = 1) -> str:
        """The customer's key; of a single key whatever the version."""
        return self._of("customer:" + user_id, self._one or version)

    def device(self, device_id: Optional[str], version: int = 1) -> Optional[str]:
        """The device's key, null where there is no device."""
        return None if device_id is None else self._of("device:" + device_id, self._one or version)
