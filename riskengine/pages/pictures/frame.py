"""What stands around a curve: lines with their labels, ticks below, and what the script moves to the point it reads."""

from collections.abc import Sequence

from markupsafe import Markup

from riskengine.pages.pictures.scale import Scale, Tick
from riskengine.pages.pictures.svg import element, number, text


def level_lines(across: Scale, up: Scale, ticks: Sequence[Tick], *, has_floor: bool = True) -> list[Markup]:
    """Return a line at each value, with its label to the left.

    Parameters
    ----------
    across, up : Scale
    ticks : sequence of Tick
    has_floor : bool
        Whether the line at nothing is an axis.
    """
    drawn = []
    for tick in ticks:
        y, kind = up.at(tick.value), "grid" if tick.value or not has_floor else "axis"
        drawn.append(element("path", class_=kind, d=f"M{number(across.start)} {number(y)}H{number(across.end)}"))
        drawn.append(text(tick.label, across.start - 8, y + 4, text_anchor="end"))
    return drawn


def ticks_below(across: Scale, floor: float, ticks: Sequence[Tick]) -> list[Markup]:
    """Return a short upright below the floor at each value, with its label."""
    drawn = []
    for tick in ticks:
        x = across.at(tick.value)
        drawn.append(element("path", class_="axis", d=f"M{number(x)} {number(floor)}v5"))
        drawn.append(text(tick.label, x, floor + 20, text_anchor="middle"))
    return drawn


def cursor(up: Scale, floor: float | None = None) -> Markup:
    """Return what the script moves to the point under the pointer: an upright down to the floor, with a dot on it."""
    return element(
        "g",
        element("path", d=f"M0 {number(up.end)}V{number(up.start if floor is None else floor)}"),
        element("circle", r=5, cy=up.start),
        class_="cursor",
    )


def read_box(across: Scale, up: Scale) -> str:
    """Return the part of a picture in which points are read, as the script takes it: left, top, width, height."""
    return " ".join(number(value) for value in (across.start, up.end, across.end - across.start, up.start - up.end))
