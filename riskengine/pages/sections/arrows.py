"""Relationships between the bars of the tasks, in few letters: the page of 2,000 tasks has little room for them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from riskengine.pages.section import PageInput
from riskengine.report import reading

COLUMNS: Final = ("predecessor", "successor", "type")
TYPES: Final[Mapping[str, str]] = MappingProxyType({"FS": "", "SS": "-", "FF": "+", "SF": "*"})
"""What stands before a row for each type; the most common one takes no letter."""
MOST_LETTERS: Final = 7_000
"""Of what a page has room for."""
DIGITS: Final = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True)
class Arrows:
    """Which rows lead into which.

    Parameters
    ----------
    text : str
        For each row its predecessors by the numbers of their rows with base 36, with a sign before them that tells
        the type; commas between predecessors, semicolons between rows.
    rows : int
        The first rows, whose predecessors are all in it.
    """

    text: str
    rows: int


def arrows_between(page: PageInput, tasks: Sequence[str]) -> Arrows | None:
    """Return the predecessors of the first rows of a table of tasks, of as many as there is room for; None without any.

    Parameters
    ----------
    page : PageInput
    tasks : sequence of str
        Id of the task in each row.
    """
    places = {task: place for place, task in enumerate(tasks)}
    into: list[list[str]] = [[] for _ in tasks]
    for row in reading.rows(page.run, "relationships", COLUMNS):
        if row["predecessor"] in places and row["successor"] in places:
            into[places[row["successor"]]].append(TYPES[row["type"]] + in_base_36(places[row["predecessor"]]))
    if not any(into):
        return None
    text = ""
    for row_number, sources in enumerate(into):
        longer = text + (";" if row_number else "") + ",".join(sources)
        if len(longer) > MOST_LETTERS:
            return Arrows(text, row_number)
        text = longer
    return Arrows(text, len(tasks))


def in_base_36(number: int) -> str:
    """Return a whole number with base 36."""
    text = ""
    while True:
        number, digit = divmod(number, len(DIGITS))
        text = DIGITS[digit] + text
        if not number:
            return text
