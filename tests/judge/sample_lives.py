"""Random lives of the sample: customers whose event times sit on the borders of windows, lateness and duplicates."""

from __future__ import annotations

import json
import random
from typing import Dict, Iterator, List, Tuple

from judge.times import DAY_US, HOUR_US, MINUTE_US, SECOND_US, iso_text

from sample_cases import Case

_LENGTHS = (30 * MINUTE_US, HOUR_US, DAY_US, 7 * DAY_US, 30 * DAY_US)
_STEPS = tuple(length + shift for length in _LENGTHS for shift in (-1, 0, 1))
_BACK = (HOUR_US - 1, HOUR_US, HOUR_US + 1, 30 * MINUTE_US, 2 * HOUR_US, 26 * HOUR_US, 8 * DAY_US)
_APART = (0, 1, DAY_US - 1, DAY_US, DAY_US + 1, 2 * DAY_US)
_AMOUNTS = ("0", "1", "9.9999", "10", "12.34", "99.99", "100", "1000", "4999.9999", "5000", "5000.0001", "7500.5", "0.0001")
_MONEY = (None, "EUR", "USD", "VND", "JPY")
_METHODS = (None, "card", "crypto", "CryptoCurrency", "CRYPTO", "cryptocurrencies", "transfer")
_PLACES = (None, "Hanoi, Vietnam", "Tehran, Iran", "Berlin, DE", "New York, United States", "Yangon, MM", "Atlantis")

#: 2025-10-01 00:00 UTC.
START_US = 1_759_276_800 * SECOND_US


class Life:
    """One customer who sends transactions, now and then late or twice."""

    def __init__(self, user: str, dice: random.Random) -> None:
        self.user = user
        self._dice = dice
        self._now = START_US + dice.randrange(20 * DAY_US)
        self._sent: List[Tuple[str, int]] = []

    def next(self, number: int) -> Tuple[Case, int]:
        """The next record and its event time."""
        dice = self._dice
        turn = dice.random()
        name, about = f"{self.user}-{number}", "life: on time"
        if turn < 0.08 and self._sent:
            name, seen = dice.choice(self._sent[-6:])
            moment, about = seen + dice.choice(_APART) * dice.choice((-1, 1)), "life: an id again"
        elif turn < 0.22:
            moment, about = self._now - dice.choice(_BACK) - dice.choice((0, 0, dice.randrange(DAY_US))), "life: earlier"
        else:
            moment = self._now + self._step()
            self._now = max(self._now, moment)
        self._sent.append((name, moment))
        return Case(about, self._value(name, moment).encode(), self.user), moment

    def _step(self) -> int:
        dice = self._dice
        turn = dice.random()
        if turn < 0.15:
            return 0
        if turn < 0.45:
            return dice.choice(_STEPS[:9])
        if turn < 0.50:
            return dice.choice(_STEPS)
        return dice.randrange(20 * MINUTE_US) if turn < 0.85 else dice.randrange(12 * HOUR_US)

    def _value(self, name: str, moment: int) -> str:
        dice = self._dice
        fields: Dict[str, object] = {"transaction_id": name, "user_id": self.user, "timestamp": self._time(moment)}
        for field, choices in (("currency", _MONEY), ("payment_method", _METHODS), ("location", _PLACES)):
            found = dice.choice(choices)
            if found is not None:
                fields[field] = found
        if dice.random() < 0.5:
            fields["merchant"], fields["terminal_id"] = f"Shop {dice.randrange(9)}", f"t{dice.randrange(5)}"
            fields["device_id"] = f"d{dice.randrange(5)}"
        if dice.random() < 0.1:
            fields["is_fraud"] = dice.random() < 0.5
        text = json.dumps(fields, ensure_ascii=dice.random() < 0.5)
        amount = dice.choice(_AMOUNTS) if dice.random() < 0.6 else f"{dice.randrange(1, 10**7) / 100:.2f}"
        return text[:-1] + f', "amount": {amount}}}'

    def _time(self, moment: int) -> object:
        form = self._dice.randrange(3)
        if form == 0:
            return moment
        if form == 1 and moment % 1_000 == 0:
            return moment // 1_000
        return iso_text(moment) if form == 2 else iso_text(moment).replace("+00:00", "Z")


def lives(dice: random.Random, people: int, records: int) -> Iterator[Tuple[Case, int]]:
    """Records of many customers, in turn by chance; with each record its event time."""
    everyone = [Life(str(100 + n) if n % 3 else f"user-{n}", dice) for n in range(people)]
    for number in range(records):
        yield dice.choice(everyone).next(number)


def riches(count: int) -> Iterator[Case]:
    """The greatest amount again and again: the sum passes 2^63."""
    for number in range(count):
        moment = START_US + number * SECOND_US
        yield Case(
            "sum beyond 64 bits",
            f'{{"transaction_id":"r{number}","user_id":"rich","amount":99999999999999.9999,"timestamp":{moment}}}'.encode(),
            "rich",
        )


def mutants(dice: random.Random, count: int) -> Iterator[Case]:
    """Sound records with a few bytes changed, taken out, doubled or put in."""
    life = Life("mutant", dice)
    for number in range(count):
        case, _ = life.next(number)
        value = bytearray(case.value or b"")
        for _ in range(dice.randrange(1, 3)):
            at = dice.randrange(len(value))
            deed = dice.randrange(4)
            if deed == 0:
                value[at] = dice.choice(b'{}[]",:0123456789.-+eEtfn \\\n\x00\xff\xc3azT')
            elif deed == 1:
                del value[at]
            elif deed == 2:
                value.insert(at, dice.choice(b'{}[]",:0123456789.-+eE \\\x7f\xe2'))
            else:
                value[at:at] = value[at : at + dice.randrange(1, 12)]
        yield Case("mutant", bytes(value), "mutant")
