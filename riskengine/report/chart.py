"""A histogram with its S-curve, drawn in characters."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Strokes:
    """The characters that a chart is drawn with: bars by eighths from empty to full, the curve, the axes."""

    bars: str
    curve: str
    upright: str
    level: str
    corner: str


BLOCKS = Strokes(" ▁▂▃▄▅▆▇█", "•", "│", "─", "└")
PLAIN = Strokes(" .:#", "o", "|", "-", "+")
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
    for row, cells in enumerate(grid):
        scale = {0: "100%", height // 2: "50%"}.get(row, "")
        lines.append(f"{scale:>{MARGIN - 1}} {strokes.upright}{''.join(cells)}".rstrip())
    lines.append(f"{'0%':>{MARGIN - 1}} {strokes.corner}{strokes.level * len(share)}")
    return lines + _axis(marks, ends, len(share))


def _bars(share: Sequence[float], height: int, row: int, strokes: Strokes) -> list[str]:
    steps = len(strokes.bars) - 1
    tallest = max(share) or 1.0
    below = (height - 1 - row) * steps
    levels = [math.ceil(s / tallest * height * steps) - below for s in share]
    return [strokes.bars[min(max(level, 0), steps)] for level in levels]


def _axis(marks: Sequence[tuple[float, str]], ends: tuple[str, str], columns: int) -> list[str]:
    labels = [" "] * columns
    free = 0
    for where, label in marks:
        place = round(where * (columns - 1)) - len(label) // 2
        place = min(max(place, 0), columns - len(label))
        if place >= free:
            labels[place : place + len(label)] = label
            free = place + len(label) + 1
    gap = columns - len(ends[0]) - len(ends[1])
    indent = " " * (MARGIN + 1)
    lines = [(indent + "".join(labels)).rstrip()]
    if gap > 0:
        lines.append(f"{indent}{ends[0]}{' ' * gap}{ends[1]}")
    return lines
