"""Tables whose rows are known by an id, with the name beside it where that says more than the id."""

from collections.abc import Sequence

from riskengine.report.layout import GAP, columns, table
from riskengine.report.notation import cells, clean, fit, short_name

ID_WIDTH = 28
NAME_WIDTH = 40
LEAST_NAME = 14
"""Columns below which a name stands under its table, whole, and not in it."""

HEADING = "name"


def short(text: str) -> str:
    """An id or a name as a cell: cleaned, and cut where it is long."""
    return short_name(text, ID_WIDTH)


def named_table(
    lines: Sequence[Sequence[str]], ids_with_names: Sequence[tuple[str, str]], width: int, right: Sequence[int]
) -> list[str]:
    """Lay out a table with names: in a second column where it has room, else one a line below the table.

    Parameters
    ----------
    lines : sequence of sequence of str
        The heading, then a row for each of `ids_with_names`, its id first.
    ids_with_names : sequence of (str, str)
        Id and name of each row, as the scenario has them.
    width : int [columns]
    right : sequence of int
        Columns of `lines` that are set to the right; not the first.
    """
    names = [clean(name) if is_telling(key, name) else "" for key, name in ids_with_names]
    if not any(names):
        return table(lines, width, right, heading=True)
    widest = min(max(map(cells, (HEADING, *names))), NAME_WIDTH)
    room = min(widest, width - columns(lines) - len(GAP))
    if room >= min(widest, LEAST_NAME):
        wider = [
            [line[0], fit(name, room).rstrip(), *line[1:]] for line, name in zip(lines, (HEADING, *names), strict=True)
        ]
        return table(wider, width, [column + 1 for column in right], heading=True)
    below = [fit(f"  {line[0]}: {name}", width).rstrip() for line, name in zip(lines[1:], names, strict=True) if name]
    return [*table(lines, width, right, heading=True), *below]


def is_telling(key: str, name: str) -> bool:
    """Whether a name says more than its id: ``Site survey`` does not beside ``site-survey``."""
    return bool(name) and _letters(key) != _letters(name)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
