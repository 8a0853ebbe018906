"""Numbers that people type: decimal commas, separators of thousands, signs of money, units of time."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from riskengine.importers import register_words as known
from riskengine.importers.register_currencies import code_in
from riskengine.importers.register_words import plain

AMOUNT: Final = re.compile(r"(?P<before>[^\d.,+\-]*)(?P<number>[+\-]?\s*(?:\d[\d.,' ]*|[.,]\d+))(?P<behind>.*)")
SPACED: Final = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?")
GAPS: Final = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\t", " ") | {"’": "'", "−": "-", "–": "-"})
LONGEST: Final = 60


@dataclass(frozen=True, slots=True)
class Digits:
    """What a row of digits and marks stands for.

    Attributes
    ----------
    value : float
        The number, where it is certain; else the number with its one mark as the decimal mark.
    grouped : float or None
        The number with its one mark between thousands, where the mark may be either.
    mark : str
        The decimal mark that this number shows to be in use, empty where it shows nothing.
    own : str
        The one mark that may be either.
    """

    value: float
    grouped: float | None = None
    mark: str = ""
    own: str = ""


def digits(text: str) -> Digits | None:
    """Return what digits with points, commas, spaces and apostrophes stand for, or None where it is no number."""
    if not text.isascii():
        return None
    is_spaced = SPACED.fullmatch(text) is not None
    if is_spaced:
        text = text.replace(" ", "").replace("'", "")
    elif " " in text or "'" in text:
        return None
    marks = [sign for sign in text if sign in ".,"]
    if not marks:
        return Digits(float(text)) if text.isdigit() else None
    last = marks[-1]
    head, _, tail = text.rpartition(last)
    if len(set(marks)) == 2:
        other = marks[0]
        parts = head.split(other)
        if marks.count(last) > 1 or not grouped(parts) or not tail.isdigit():
            return None
        return Digits(float("".join(parts) + "." + tail), None, last)
    if len(marks) > 1:
        parts = text.split(last)
        return Digits(float("".join(parts)), None, "," if last == "." else ".") if grouped(parts) else None
    if not (head or tail) or not (head + tail).isdigit():
        return None
    value = float(f"{head or '0'}.{tail or '0'}")
    if len(tail) == 3 and grouped([head, tail]) and not is_spaced:
        return Digits(value, float(head + tail), "", last)
    return Digits(value, None, last)


def grouped(parts: list[str]) -> bool:
    """Return whether digits are parts of a number between separators of thousands."""
    first, *rest = parts
    return first.isdigit() and 1 <= len(first) <= 3 and first[0] != "0" and all(
        part.isdigit() and len(part) == 3 for part in rest
    )  # fmt: skip


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
        found = self.digits
        if found.grouped is None or found.own == mark:
            return self.sign * found.value * self.scale
        return self.sign * found.grouped * self.scale if mark else None


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
    found = digits(number.rstrip())
    if found is None:
        return None
    around = [plain(part).strip(" .") for part in (before, behind)]
    unit = currency = ""
    scale = 1.0
    for part in around:
        if not part:
            continue
        if purpose == "probability" and part == "%":
            unit = "%"
        elif purpose == "delay" and part in known.TIMES and part == around[1]:
            unit = known.TIMES[part]
        elif purpose == "cost":
            read = money(part)
            if read is None or (read[1] and currency) or (read[0] != 1 and scale != 1):
                return None
            scale *= read[0]
            currency = currency or read[1]
        else:
            return None
    return Typed(found, sign, unit, scale, currency)


def money(text: str) -> tuple[float, str] | None:
    """Return the multiplier and the currency that stand beside an amount, or None where they are not known."""
    scale, currency = 1.0, ""
    for word in re.findall(r"[a-z]+|[€$£¥]|[^\sa-z€$£¥.]+", text):
        here = False
        code = known.CURRENCIES.get(word) or code_in(word)
        if code:
            if currency:
                return None
            currency, here = code, True
        if word in known.THOUSAND or word in known.MILLION or word in ("m", "t"):
            if scale != 1 or (word == "t" and "€" not in text):
                return None
            scale, here = 1e3 if word in known.THOUSAND or word == "t" else 1e6, True
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
    seen = {found.digits.mark for text, purpose in cells if (found := typed(text, purpose)) is not None}
    seen.discard("")
    return seen.pop() if len(seen) == 1 else ""
