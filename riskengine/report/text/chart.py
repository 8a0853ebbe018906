"""A histogram with its S-curve, drawn in characters."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from riskengine.report.text.notation import cells, fit


@dataclass(frozen=True)
class Strokes:
    """The characters that a chart is drawn with: bars by eighths from empty to full, the curve, the axes."""

    bars: str
    curve: str
    upright: str
    level: str
    corner: str
    pointers: tuple[str, str, str]
    """At a place, before the axis begins, behind its end."""


BLOCKS = Strokes(" ▁▂▃▄▅▆▇█", "•", "│", "─", "└", pointers=("▲", "◀", "▶"))
PLAIN = Strokes(" .:#", "o", "|", "-", "+", pointers=("^", "<", ">"))
"""For terminals whose encoding lacks the blocks."""

MARGIN = 6
"""Columns for the scale of the S-curve."""


def room(width: int) -> int:
    """Columns, and so bins, of a drawing that is ``width`` characters wide; 0 where that is too narrow."""
    columns = width - MARGIN - 1
    return columns if columns >= 8 else 0


def draw(
    share: Sequence[float],
    cumulative: Sequence[float],
    marks: Sequence[tuple[float, str]],
    ends: tuple[str, str],
    strokes: Strokes,
    *,
    pointers: Sequence[tuple[float, str]] = (),
    height: int = 8,
) -> list[str]:
    """Draw bars for the shares, dots for the S-curve over them, and an axis with marks.

    Parameters
    ----------
    share, cumulative : sequences of float
        Share of the iterations in each bin, one bin a column, and up to it.
    marks : sequence of (float, str)
        Places on the axis from 0 to 1, and their labels; one that would touch the label before it is left out.
    ends : (str, str)
        What stands below the two ends of the axis.
    strokes : Strokes
    pointers : sequence of (float, str)
        Further places on the axis, below or above 0 to 1 too, and what to say of each on a line below.
    height : int [lines]
        Of the bars.

    Returns
    -------
    list of str
        Lines of ``MARGIN + 1`` characters more than there are bins, or fewer.
    """
    grid = [_bars(share, height, row, strokes) for row in range(height)]
    for column, reached in enumerate(cumulative):
        row = min(int((1.0 - reached) * height), height - 1)
        grid[row][column] = strokes.curve
    lines = []
    for row, signs in enumerate(grid):
        scale = {0: "100%", height // 2: "50%"}.get(row, "")
        lines.append(f"{scale:>{MARGIN - 1}} {strokes.upright}{''.join(signs)}".rstrip())
    lines.append(f"{'0%':>{MARGIN - 1}} {strokes.corner}{strokes.level * len(share)}")
    return [*lines, *_axis(marks, ends, len(share)), *_pointed(pointers, len(share), strokes)]


def _bars(share: Sequence[float], height: int, row: int, strokes: Strokes) -> list[str]:
    steps = len(strokes.bars) - 1
    tallest = max(share) or 1.0
    below = (height - 1 - row) * steps
    levels = [math.ceil(s / tallest * height * steps) - below for s in share]
    return [strokes.bars[min(max(level, 0), steps)] for level in levels]


def _axis(marks: Sequence[tuple[float, str]], ends: tuple[str, str], columns: int) -> list[str]:
    labels = [" "] * columns
    next_place = 0
    for where, label in marks:
        place = round(where * (columns - 1)) - len(label) // 2
        place = min(max(place, 0), columns - len(label))
        if place >= next_place:
            labels[place : place + len(label)] = label
            next_place = place + len(label) + 1
    gap = columns - len(ends[0]) - len(ends[1])
    indent = " " * (MARGIN + 1)
    lines = [(indent + "".join(labels)).rstrip()]
    if gap > 0:
        lines.append(f"{indent}{ends[0]}{' ' * gap}{ends[1]}")
    return lines


def _pointed(pointers: Sequence[tuple[float, str]], columns: int, strokes: Strokes) -> list[str]:
    """Lines with a sign below each place and its text beside it, as many as it takes for none to touch."""
    lines: list[list[tuple[int, str]]] = []
    here, below, beyond = strokes.pointers
    for where, text in sorted(pointers):
        sign = below if where < 0.0 else beyond if where > 1.0 else here
        place = round(min(max(where, 0.0), 1.0) * (columns - 1))
        is_right = place + 2 + cells(text) <= columns
        label = fit(f"{sign} {text}" if is_right else f"{text} {sign}", columns).rstrip()
        start = place if is_right else max(place + 1 - cells(label), 0)
        lines_with_room = (line for line in lines if all(_is_apart(start, label, *other) for other in line))
        line = next(lines_with_room, None)
        if line is None:
            line = []
            lines.append(line)
        line.append((start, label))
    return [_spaced(line) for line in lines]


def _is_apart(start: int, label: str, other_start: int, other: str) -> bool:
    """Whether two labels on one line leave a column between them."""
    return start + cells(label) < other_start or other_start + cells(other) < start


def _spaced(labels: Sequence[tuple[int, str]]) -> str:
    line = ""
    for start, label in sorted(labels):
        line += " " * (MARGIN + 1 + start - cells(line)) + label
    return line
