"""Who an item is assigned to: people as they are named, without addresses, or P1, P2 and so on."""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Final

from riskengine.importers.items.remarks import Remarks
from riskengine.importers.items.rows import Row, Rows

ADDRESS: Final = re.compile(r"\s*<([^<>]*)>\s*")
BARE: Final = re.compile(r"[^\s@<>]+@[^\s@<>]+")
UNITS: Final = re.compile(r"(.*?)\s*\[(\d{1,4}(?:[.,]\d+)?)\s*%\]")
NOBODY: Final = frozenset(
    {"unassigned", "none", "nobody", "nicht zugewiesen", "sin asignar", "non assigné", "não atribuído"}
)
BY_COMMA: Final = ("github", "gitlab", "trello")
"""Maps of tools whose people have names without commas."""


@dataclass(slots=True)
class People:
    """Reads who items are assigned to.

    Parameters
    ----------
    rows : Rows
    map_name : str
    is_anonymous : bool
    remarks : Remarks
    """

    rows: Rows
    map_name: str
    is_anonymous: bool
    remarks: Remarks
    whole: Counter[str] = field(default_factory=Counter)
    codes: dict[str, str] = field(default_factory=dict)
    addresses: dict[str, dict[str, str]] = field(default_factory=dict)

    def prepare(self) -> None:
        """Count how people are written, and give out codes in the order in which they appear."""
        for item in self.rows.items:
            self.whole.update(text.strip() for text in self.rows.texts(item.index, "assignee"))
        if self.is_anonymous:
            for item in self.rows.items:
                self.of(item)

    def of(self, item: Row) -> dict[str, float]:
        """Return the people of an item, each with the share of their time, in the order of the file."""
        people: dict[str, float] = {}
        for text in self.rows.texts(item.index, "assignee"):
            for part in self.parts(text):
                match = UNITS.fullmatch(part)
                name = self.named(match[1] if match else part)
                units = float(match[2].replace(",", ".")) / 100 if match else 1.0
                if name and units > 0:
                    people.setdefault(name, units)
        return people

    def parts(self, text: str) -> list[str]:
        """Return the people that a cell names: a comma parts them only where it cannot belong to a name."""
        parts = [part.strip() for part in re.split(r"[;\n]", text) if part.strip()]
        split: list[str] = []
        for part in parts:
            pieces = [piece.strip() for piece in part.split(",") if piece.strip()]
            is_list = len(pieces) > 1 and (
                self.map_name in BY_COMMA or all(piece in self.whole or UNITS.fullmatch(piece) for piece in pieces)
            )
            split += pieces if is_list else [part]
        return split

    def named(self, text: str) -> str:
        """Return what a person is called; two of one name are told apart by their addresses, which are dropped."""
        match = ADDRESS.search(text)
        name = ADDRESS.sub(" ", text).strip()
        address = (match[1] if match else name if BARE.fullmatch(name) else "").casefold()
        if BARE.fullmatch(name) or not name:
            name = address.partition("@")[0]
        if name.casefold() in NOBODY:
            return ""
        if address:
            same_named = self.addresses.setdefault(name, {})
            if address not in same_named:
                same_named[address] = name if not same_named else f"{name} ({len(same_named) + 1})"
                if len(same_named) == 2:
                    self.remarks.add("name|names of people with different addresses: told apart by a number", name)
            name = same_named[address]
        if not self.is_anonymous:
            return name
        return self.codes.setdefault(name, f"P{len(self.codes) + 1}")
