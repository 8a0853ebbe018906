"""Names and ids of imported things as the scenario format takes them: on one line, without signs that nobody sees."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from riskengine.errors.counting import first_names
from riskengine.model.fields import LONGEST_ID, LONGEST_NAME, LONGEST_TEXT
from riskengine.model.selector import SELECTORS

INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Co", "Cn"})
RESERVED: Final = frozenset({"project", "*"})
MOST_SIGNS: Final = 10
"""Signs that are looked at, per sign that is kept."""

SPACES: Final = re.compile(r"\s+")


def line(text: str, longest: int = LONGEST_NAME) -> str:
    """Return a text on one line, without invisible characters, cut to a length."""
    text = text[: MOST_SIGNS * longest]
    if not text.isprintable():
        text = "".join(" " if sign.isspace() else sign for sign in text)
        text = "".join(sign for sign in text if sign.isprintable() or unicodedata.category(sign) not in INVISIBLE)
    text = SPACES.sub(" ", text).strip()
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def paragraphs(text: str, longest: int = LONGEST_TEXT) -> str:
    """Return a text of several lines without control characters, cut to a length."""
    text = text[: MOST_SIGNS * longest]
    lines = (line(part, longest) for part in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    whole = "\n".join(lines).strip()
    return whole if len(whole) <= longest else whole[: longest - 1].rstrip() + "…"


class Names:
    """Ids of one kind of thing: each name gets one that the format takes and nobody else has.

    Parameters
    ----------
    used_ids : iterable of str
        Ids that are given away already.
    """

    def __init__(self, used_ids: Iterable[str] = ()) -> None:
        self.used_ids = set(used_ids)
        self.changed: dict[str, str] = {}
        self.numbers: dict[str, int] = {}

    def add(self, name: str, fallback: str) -> str:
        """Return the id for a name, `fallback` where nothing is left of it."""
        id = line(name, LONGEST_ID).replace("/", "-") or line(fallback, LONGEST_ID).replace("/", "-") or "unnamed"
        if id in RESERVED or id.startswith(SELECTORS):
            id = f"{id.replace(':', '-')}-" if id.startswith(SELECTORS) else f"{id}-"
        base, number = id, self.numbers.get(id, 2)
        while id in self.used_ids:
            tail = f"-{number}"
            id = base[: LONGEST_ID - len(tail)] + tail
            number += 1
        if id != base:
            self.numbers[base] = number
        self.used_ids.add(id)
        if id != name:
            self.changed[name] = id
        return id

    def notes(self, what: str) -> list[str]:
        """Say what was renamed: the first few, and how many there are."""
        if not self.changed:
            return []
        some = first_names([f"{line(old, 60)} is {line(new, 60)}" for old, new in self.changed.items()], 3)
        return [f"{what} whose names the format does not take, or that are there twice, got others: {some}"]
