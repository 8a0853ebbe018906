"""Numbers that people type: decimal commas, separators of thousands, signs of money, units of time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from riskengine.importers.register import words as lexicon
from riskengine.importers.register.currencies import code_in
from riskengine.scenario.tables.digits import GAPS, Digits, digits
from riskengine.scenario.tables.spelling import TIMES, plain

AMOUNT: Final = re.compile(r"(?P<before>[^\d.,+\-]*)(?P<number>[+\-]?\s*(?:\d[\d.,' ]*|[.,]\d+))(?P<behind>.*)")
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Typed:
    """A number with what stands around it: a unit of time or ``%``, a multiplier, a currency."""

    digits: Digits
    sign: int
    unit: str = ""
    scale: float = 1.0
    currency: str = ""

    def amount(self, mark: str) -> float | None:
        """Return the number, None where that depends on the decimal mark in use and `mark` does not tell it."""
        reading = self.digits
        if reading.grouped is None or reading.own_mark == mark:
            return self.sign * reading.value * self.scale
        return self.sign * reading.grouped * self.scale if mark else None


def typed(text: str, purpose: str) -> Typed | None:
    """Return the number in a text cell with its unit, or None where it is not one.

    Parameters
    ----------
    text : str
        The cell.
    purpose : str
        ``delay``, ``cost`` or ``probability``: which units may stand there.
    """
    text = " ".join(text.translate(GAPS).split())
    if not text or len(text) > LONGEST:
        return None
    sign = 1
    if text.startswith("(") and text.endswith(")"):
        sign, text = -1, text[1:-1].strip()
    match = AMOUNT.fullmatch(text)
    if match is None:
        return None
    number = match["number"].strip()
    before, behind = match["before"].strip(), match["behind"].strip()
    if before.endswith("-"):
        sign, before = -sign, before[:-1].strip()
    if number[0] in "+-":
        sign = -sign if number[0] == "-" else sign
        number = number[1:].strip()
    value = digits(number.rstrip())
    if value is None:
        return None
    around = [plain(part).strip(" .") for part in (before, behind)]
    unit = currency = ""
    scale = 1.0
    for part in around:
        if not part:
            continue
        if purpose in ("probability", "cost") and part == "%":
            unit = "%"
        elif purpose == "delay" and part in TIMES and part == around[1]:
            unit = TIMES[part]
        elif purpose == "cost":
            read = money(part)
            if read is None or (read[1] and currency) or (read[0] != 1 and scale != 1):
                return None
            scale *= read[0]
            currency = currency or read[1]
        else:
            return None
    return Typed(value, sign, unit, scale, currency)


def money(text: str) -> tuple[float, str] | None:
    """Return the multiplier and the currency that stand beside an amount, or None where they are not known."""
    scale, currency = 1.0, ""
    for word in re.findall(r"[a-z]+|[€$£¥]|[^\sa-z€$£¥.]+", text):
        here = False
        code = lexicon.CURRENCIES.get(word) or code_in(word)
        if code:
            if currency:
                return None
            currency, here = code, True
        if word in lexicon.THOUSAND or word in lexicon.MILLION or word in ("m", "t"):
            if scale != 1 or (word == "t" and "€" not in text):
                return None
            scale, here = 1e3 if word in lexicon.THOUSAND or word == "t" else 1e6, True
        if not here:
            return None
    return scale, currency


def decimal_mark(cells: Iterable[tuple[str, str]]) -> str:
    """Return the decimal mark that is in use, told by cells (text and purpose) of which it is certain.

    Returns
    -------
    str
        Empty where no cell tells, or where they contradict each other.
    """
    seen = {number.digits.mark for text, purpose in cells if (number := typed(text, purpose)) is not None}
    seen.discard("")
    return seen.pop() if len(seen) == 1 else ""
