"""Named checks with counts and the first offenders."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Dict, Iterable, List

OFFENDERS_MAX = 5


@dataclass
class Check:
    """One thing that must hold: how often it was looked at, how often it did not hold, and where first."""

    name: str
    looked_at: int = 0
    violations: int = 0
    offenders: List[str] = field(default_factory=list)

    def looked(self, count: int) -> None:
        """So many things more were looked at."""
        self.looked_at += count

    def violated(self, offender: str, count: int = 1) -> None:
        """It did not hold here."""
        self.violations += count
        if len(self.offenders) < OFFENDERS_MAX:
            self.offenders.append(offender)

    def expect(self, holds: bool, offender: str) -> bool:
        """Looks at one thing."""
        self.looked_at += 1
        if not holds:
            self.violated(offender)
        return holds

    def violated_all(self, offenders: Iterable[str]) -> None:
        """It did not hold at any of these."""
        for offender in offenders:
            self.violated(offender)


class Report:
    """All checks of one trial, in the order in which they were first named, and some facts for people."""

    def __init__(self) -> None:
        self._checks: Dict[str, Check] = {}
        self.facts: Dict[str, object] = {}

    def check(self, name: str) -> Check:
        """The check of this name."""
        return self._checks.setdefault(name, Check(name))

    @property
    def checks(self) -> List[Check]:
        """All checks."""
        return list(self._checks.values())

    @property
    def violations(self) -> int:
        """The sum over all checks."""
        return sum(check.violations for check in self.checks)

    def as_json(self) -> str:
        """The report for machines."""
        return json.dumps(
            {
                "verdict": "violations" if self.violations else "fine",
                "violations": self.violations,
                "facts": self.facts,
                "checks": [vars(check) for check in self.checks],
            },
            indent=2,
            ensure_ascii=False,
        )

    def as_text(self) -> str:
        """The report for people."""
        lines = [f"{name}: {fact}" for name, fact in self.facts.items()]
        for check in self.checks:
            mark = "FAIL" if check.violations else "ok  "
            wrong = f", {check.violations:,} wrong" if check.violations else ""
            lines.append(f"{mark} {check.name:34} {check.looked_at:>12,} looked at{wrong}")
            lines += [f"       {offender}" for offender in check.offenders]
        lines.append(f"verdict: {self.violations:,} violations" if self.violations else "verdict: fine")
        return "\n".join(lines)
