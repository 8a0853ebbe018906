"""Shares by month, a row for each name: the darker a field, the larger its share."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from riskengine.pages.pictures.frame import cursor, read_box, ticks_below
from riskengine.pages.pictures.lanes import LETTER
from riskengine.pages.pictures.scale import Scale, Tick
from riskengine.pages.pictures.svg import element, picture, text
from riskengine.report.text.notation import fit

ROW, TOP, BOTTOM, RIGHT = 26, 8, 32, 14
LABEL_ROOM = 34
"""Width of a field that has room for its share in words."""
LEAST, DARKEST = 0.06, 0.6
"""Opacity of nothing, which is still seen, and of certainty, on which letters are still read."""


@dataclass(frozen=True)
class Heat:
    """What is drawn.

    Parameters
    ----------
    names : sequence of str
    edges : sequence of float
        Days since 1970 between which the months lie, one more than there are.
    shares : sequence of sequence of float or None
        Of each name in each month; None for no field.
    words : sequence of sequence of str
        The same as they are written.
    """

    names: Sequence[str]
    edges: Sequence[float]
    shares: Sequence[Sequence[float | None]]
    words: Sequence[Sequence[str]]

    def place(self, month: int) -> tuple[float, float]:
        """Where the middle of a month lies, in shares of width and height."""
        middle = (self.edges[month] + self.edges[month + 1]) / 2
        return (middle - self.edges[0]) / (self.edges[-1] - self.edges[0]), 0.0


@dataclass(frozen=True)
class Size:
    """How large a picture is, the room for names, and how many ticks fit below."""

    width: int
    left: int
    most_ticks: int


WIDE, NARROW = Size(860, 130, 10), Size(380, 84, 4)


def draw(heat: Heat, ticks: Sequence[Tick], size: Size) -> Markup:
    """Draw one size of the picture."""
    height = TOP + ROW * len(heat.names)
    across, up = Scale(heat.edges[0], heat.edges[-1], size.left, size.width - RIGHT), Scale(0.0, 1.0, height, TOP)
    inside = [*ticks_below(across, height, ticks)]
    for row, name in enumerate(heat.names):
        top = TOP + ROW * row
        label = fit(name, int((size.left - 12) / LETTER), "\u2026").rstrip()
        inside.append(text(label, size.left - 8, top + ROW / 2 + 4, text_anchor="end"))
        for month, share in enumerate(heat.shares[row]):
            if share is None:
                continue
            left, right = across.at(heat.edges[month]), across.at(heat.edges[month + 1])
            inside.append(_field(share, left, right, top))
            if right - left >= LABEL_ROOM:
                middle = (left + right) / 2
                inside.append(text(heat.words[row][month], middle, top + ROW / 2 + 4, text_anchor="middle"))
    inside.append(cursor(up, height))
    return picture(size.width, height + BOTTOM, inside, data_box=read_box(across, up))


def _field(share: float, left: float, right: float, top: float) -> Markup:
    opacity = f"{LEAST + (DARKEST - LEAST) * share:.2f}"
    place = {"x": left, "y": top + 1, "width": max(right - left - 1, 1), "height": ROW - 2}
    return element("rect", class_="heat", fill_opacity=Markup(opacity), **place)
