"""Tables whose rows are known by an id, with the name beside it where that says more than the id."""

from collections.abc import Sequence

from riskengine.report.text.layout import GAP, columns, table
from riskengine.report.text.notation import cells, clean, fit, short_name

ID_WIDTH = 28
NAME_WIDTH = 40
LEAST_NAME = 14
"""Columns below which a name stands under its table, whole, and not in it."""

HEADING = "name"


def short(text: str) -> str:
    """An id or a name as a cell: cleaned, and cut where it is long."""
    return short_name(text, ID_WIDTH)


def named_table(
    lines: Sequence[Sequence[str]],
    ids_with_names: Sequence[tuple[str, str]],
    width: int,
    right: Sequence[int],
    people: tuple[str, Sequence[str]] = ("", ()),
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
    people : (str, sequence of str)
        Heading of a column with who answers for each row, and who does; it stands last where there is room.
    """
    names = [clean(name) if is_telling(key, name) else "" for key, name in ids_with_names]
    heading, who = people[0], [short(name) for name in people[1]] or [""] * len(names)
    with_people = [[*line, name] for line, name in zip(lines, (heading, *who), strict=True)] if any(who) else lines
    for tried in (with_people, lines) if any(who) else (lines,):
        widest = min(max(map(cells, (HEADING, *names))), NAME_WIDTH) if any(names) else 0
        room = min(widest, width - columns(tried) - len(GAP))
        below = _below(lines, names, who if tried is lines else [""] * len(who), width)
        if any(names) and room >= min(widest, LEAST_NAME):
            wider = [
                [line[0], fit(name, room).rstrip(), *line[1:]]
                for line, name in zip(tried, (HEADING, *names), strict=True)
            ]
            below = _below(lines, [""] * len(names), who if tried is lines else [""] * len(who), width)
            return [*table(wider, width, [column + 1 for column in right], heading=True), *below]
        if not any(names) and (tried is lines or columns(tried) <= width):
            return [*table(tried, width, right, heading=True), *below]
    return [*table(lines, width, right, heading=True), *_below(lines, names, who, width)]


def _below(lines: Sequence[Sequence[str]], names: Sequence[str], who: Sequence[str], width: int) -> list[str]:
    """One line for each row with a name or somebody who answers for it; what two rows say alike is said once."""
    texts = []
    for line, name, person in zip(lines[1:], names, who, strict=True):
        label = f"{name} ({person})" if name and person else name or person
        if label:
            texts.append(fit(f"  {line[0]}: {label}", width).rstrip())
    return list(dict.fromkeys(texts))


def is_telling(key: str, name: str) -> bool:
    """Whether a name says more than its id: ``Site survey`` does not beside ``site-survey``."""
    return bool(name) and _letters(key) != _letters(name)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
