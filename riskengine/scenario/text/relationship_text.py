"""Relationships as one text: ``design SS+5d``, taken apart."""

import re
from typing import Final, NamedTuple

from riskengine.model.format import FORMAT

TYPES: Final = FORMAT["relationship"]["type"].words
TYPED: Final = re.compile(rf"(.*\S)\s+({'|'.join(TYPES)})\s*(?:([+-])\s*(\S+))?")
LAGGED: Final = re.compile(r"(.*\S)\s*\+\s*(\S+)")


class RelationshipText(NamedTuple):
    """The parts of a relationship in one text: ``sign`` and ``amount`` are None where there is no lag."""

    task: str
    type: str
    sign: str | None
    amount: str | None


def taken_apart(text: str) -> RelationshipText | None:
    """Return the parts of a text that has a type, or a lag behind a plus; None for one that has neither."""
    typed = TYPED.fullmatch(text)
    if typed is not None:
        return RelationshipText(*typed.groups())
    lagged = LAGGED.fullmatch(text)
    return None if lagged is None else RelationshipText(lagged[1], "FS", "+", lagged[2])
