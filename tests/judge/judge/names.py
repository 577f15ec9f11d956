"""Under which key each decision named its customer, and how the tables name him now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from .rules import Schedule


@dataclass(frozen=True)
class Names:
    """What the rules of the time say of keys, and the version to which the tables were rekeyed since."""

    schedule: Schedule
    rekeyed: Optional[int] = None

    def decided_under(self, partition: int, offset: int) -> int:
        """The version of the key with which this record's names were made."""
        return self.schedule.at(partition, offset).key_version

    def is_renamed(self, version: int) -> bool:
        """Whether the tables show another name than this version gave, or no way to a former one."""
        return self.rekeyed is not None and version <= self.rekeyed


def version_of(name: str) -> int:
    """The version of the key that made this name."""
    return int(name[1:].split(":", 1)[0])
