"""Finish and cost of every future as a dot, with the corner that a gate allows."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from riskengine.pages.pictures.frame import level_lines
from riskengine.pages.pictures.scale import Scale, Tick
from riskengine.pages.pictures.svg import element, number, picture, stretched, text
from riskengine.report.text.notation import cells

WIDTH, HEIGHT = 860, 430
NARROW_WIDTH, NARROW_HEIGHT = 380, 380
LETTER = 8.0
"""Width of a letter in the corners, on average."""
LEFT, RIGHT, TOP, BOTTOM = 62, 14, 12, 34


@dataclass(frozen=True)
class Cloud:
    """What is drawn.

    Parameters
    ----------
    key : str
        Names the dots in the page, so that both sizes of the picture draw them once.
    finish, cost : (iteration,) float64
        Days since 1970, and money.
    is_met : (iteration,) bool
        Which futures are within both limits.
    finish_limit, cost_limit : float
        The corner.
    across, up : Scale
        Axes of finish and cost, of the wide picture.
    quadrants : sequence of str
        What is written in the four corners: bottom left, top left, bottom right, top right.
    short_quadrants : sequence of str
        The same where there is no room for it.
    plan : (float, float)
        Finish and cost of the plan.
    """

    key: str
    finish: NDArray[np.float64]
    cost: NDArray[np.float64]
    is_met: NDArray[np.bool_]
    finish_limit: float
    cost_limit: float
    across: Scale
    up: Scale
    quadrants: Sequence[str]
    short_quadrants: Sequence[str]
    plan: tuple[float, float]


def scales(finish: tuple[float, float], cost: tuple[float, float]) -> tuple[Scale, Scale]:
    """Return the axes of a wide picture for ranges of finish and cost."""
    return Scale(*finish, LEFT, WIDTH - RIGHT), Scale(*cost, HEIGHT - BOTTOM, TOP)


def draw_wide(cloud: Cloud, finish_ticks: Sequence[Tick], cost_ticks: Sequence[Tick]) -> Markup:
    """Draw the picture for a desk, which holds the dots."""
    beyond, within = _dots(cloud, ~cloud.is_met), _dots(cloud, cloud.is_met)
    dots = element(
        "g",
        element("path", class_="dots beyond", d=beyond),
        element("path", class_="dots within", d=within),
        id=cloud.key,
    )
    return _draw(cloud, dots, (cloud.across, cloud.up), (finish_ticks, cost_ticks))


def draw_narrow(cloud: Cloud, finish_ticks: Sequence[Tick], cost_ticks: Sequence[Tick]) -> Markup:
    """Draw the picture for a phone from the dots of the other one."""
    across = Scale(cloud.across.low, cloud.across.high, LEFT, NARROW_WIDTH - RIGHT)
    up = Scale(cloud.up.low, cloud.up.high, NARROW_HEIGHT - BOTTOM, TOP)
    dots = stretched(cloud.key, (cloud.across, cloud.up), (across, up))
    return _draw(cloud, dots, (across, up), (finish_ticks, cost_ticks))


def _dots(cloud: Cloud, chosen: NDArray[np.bool_]) -> str:
    """Distinct dots as one path of relative moves, each a line without length, which its round ends make a dot."""
    x = np.rint(_at(cloud.across, cloud.finish[chosen])).astype(np.int64)
    y = np.rint(_at(cloud.up, cloud.cost[chosen])).astype(np.int64)
    places = np.unique(np.stack([x, y], axis=1), axis=0)
    if not len(places):
        return ""
    moves = np.diff(places, axis=0, prepend=0).tolist()
    return "M0 0" + "".join(f"m{right}{' ' if down >= 0 else ''}{down}h0" for right, down in moves)


def _at(scale: Scale, values: NDArray[np.float64]) -> NDArray[np.float64]:
    clipped = np.clip(values, scale.low, scale.high)
    return scale.start + (clipped - scale.low) / (scale.high - scale.low) * (scale.end - scale.start)


def _draw(
    cloud: Cloud, dots: Markup, axes: tuple[Scale, Scale], ticks: tuple[Sequence[Tick], Sequence[Tick]]
) -> Markup:
    across, up = axes
    inside = [*_axes(across, up, *ticks), dots]
    x, y = across.at(cloud.finish_limit), up.at(cloud.cost_limit)
    inside.append(element("path", class_="mark gate", d=f"M{number(x)} {number(up.end)}V{number(up.start)}"))
    inside.append(element("path", class_="mark gate", d=f"M{number(across.start)} {number(y)}H{number(across.end)}"))
    plan_x, plan_y = (scale.at(value) for scale, value in zip((across, up), cloud.plan, strict=True))
    inside.append(
        element("path", class_="plan-point", d=f"M{number(plan_x - 6)} {number(plan_y)}h12m-6-6v12")
        if across.holds(cloud.plan[0]) and up.holds(cloud.plan[1])
        else Markup("")
    )
    corners = (
        (across.start + 8, up.start - 9, "start"),
        (across.start + 8, up.end + 15, "start"),
        (across.end - 4, up.start - 9, "end"),
        (across.end - 4, up.end + 15, "end"),
    )
    for words, share, (left, top, anchor) in zip(cloud.quadrants, cloud.short_quadrants, corners, strict=True):
        room = x - left if anchor == "start" else left - x
        label = words if cells(words) * LETTER < room else share
        inside.append(text(label, left, top, text_anchor=anchor, class_="halo share"))
    return picture(across.end + RIGHT, up.start + BOTTOM, inside)


def _axes(across: Scale, up: Scale, finish_ticks: Sequence[Tick], cost_ticks: Sequence[Tick]) -> list[Markup]:
    drawn = [
        element(
            "path", class_="axis", d=f"M{number(across.start)} {number(up.end)}V{number(up.start)}H{number(across.end)}"
        ),
        *level_lines(across, up, cost_ticks, has_floor=False),
    ]
    for tick in finish_ticks:
        x = across.at(tick.value)
        drawn.append(element("path", class_="grid", d=f"M{number(x)} {number(up.end)}V{number(up.start)}"))
        drawn.append(text(tick.label, x, up.start + 20, text_anchor="middle"))
    return drawn
