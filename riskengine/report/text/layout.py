"""Tables and paragraphs in characters, for terminals of any width."""

import textwrap
from collections.abc import Sequence

from riskengine.report.text.notation import cells, fit

GAP = "  "
INDENT = "  "
NARROWEST_NAME = 10
"""Columns below which a name is not cut to make a table fit."""


def paragraph(text: str, width: int, indent: str = "") -> list[str]:
    """Wrap a text to so many columns."""
    return textwrap.wrap(text, max(width, 10), initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False)


def table(
    rows: Sequence[Sequence[str]],
    width: int,
    right: Sequence[int] = (),
    heading: bool = False,
    names: Sequence[int] = (0,),
) -> list[str]:
    """Lay rows of cells out in columns, or below one another where the columns do not fit.

    Parameters
    ----------
    rows : sequence of sequence of str
        Rows of equal length; with ``heading`` the first one names the columns.
    width : int [columns]
    right : sequence of int
        Columns that are set to the right, as numbers are.
    heading : bool
    names : sequence of int
        Columns that hold names, which are cut before the table is given up.

    Returns
    -------
    list of str
        Lines, none longer than ``width`` unless a single word is.
    """
    if not rows:
        return []
    widths = _widths(rows)
    while names and _total(widths) > width:
        longest = max(names, key=lambda column: widths[column])
        if widths[longest] <= NARROWEST_NAME:
            break
        widths[longest] -= 1
    if _total(widths) <= width:
        return [_line(row, widths, right) for row in rows]
    return _stacked(rows, width, heading)


def fits(rows: Sequence[Sequence[str]], width: int) -> bool:
    """Whether rows of cells fit in columns without any cut."""
    return columns(rows) <= width


def columns(rows: Sequence[Sequence[str]]) -> int:
    """Columns that a table of these rows takes without any cut."""
    return _total(_widths(rows))


def _widths(rows: Sequence[Sequence[str]]) -> list[int]:
    return [max(cells(row[k]) for row in rows) for k in range(len(rows[0]))]


def _total(widths: Sequence[int]) -> int:
    return len(INDENT) + sum(widths) + len(GAP) * (len(widths) - 1)


def _line(row: Sequence[str], widths: Sequence[int], right: Sequence[int]) -> str:
    padded = [
        " " * (widths[k] - cells(text)) + text if k in right else fit(text, widths[k]) for k, text in enumerate(row)
    ]
    return (INDENT + GAP.join(padded)).rstrip()


def _stacked(rows: Sequence[Sequence[str]], width: int, heading: bool) -> list[str]:
    names = rows[0] if heading else [""] * len(rows[0])
    lines = []
    for row in rows[1 if heading else 0 :]:
        lines.append(fit(INDENT + row[0], width).rstrip())
        rest = [f"{name} {text}".strip() for name, text in zip(names[1:], row[1:], strict=True) if text]
        lines.extend(paragraph("; ".join(rest), width, INDENT * 2))
    return lines
