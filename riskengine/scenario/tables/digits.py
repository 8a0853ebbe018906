"""What digits stand for that people type with decimal commas and separators of thousands."""

import re
from dataclasses import dataclass
from typing import Final

SPACED: Final = re.compile(r"\d{1,3}(?:[ ']\d{3})+(?:[.,]\d+)?")
GAPS: Final = str.maketrans(dict.fromkeys("\u00a0\u202f\u2009\t", " ") | {"’": "'", "−": "-", "–": "-"})


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
    own_mark : str
        The one mark that may be either.
    """

    value: float
    grouped: float | None = None
    mark: str = ""
    own_mark: str = ""


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
