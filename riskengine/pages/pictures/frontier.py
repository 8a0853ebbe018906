"""Dates against the money that each needs: a line with its band, and the points that people ask about beside it."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from riskengine.pages.pictures.axis import Axis, cost_axis, finish_axis
from riskengine.pages.pictures.frame import cursor, level_lines, read_box, ticks_below
from riskengine.pages.pictures.lanes import LETTER
from riskengine.pages.pictures.scale import Scale, Tick
from riskengine.pages.pictures.svg import element, number, path, picture, text
from riskengine.report.text.notation import cells

LEFT, RIGHT, TOP, BOTTOM = 72, 18, 18, 32
LABEL_GAP = 10
LINE = 15
"""Height of a label: none stands nearer to another one."""


@dataclass(frozen=True)
class NeededMoney:
    """What a date needs: the date [days since 1970], the amount, and the ends of its interval, None where open."""

    finish: float
    cost: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Landmark:
    """A date and an amount beside the line: ``needed``, ``plan`` or ``reached`` says how it is drawn."""

    finish: float
    cost: float
    label: str
    kind: str


@dataclass(frozen=True)
class Frontier:
    """The picture before it has a size.

    Parameters
    ----------
    points : sequence of NeededMoney
        By date; one at least.
    landmarks : sequence of Landmark
    """

    points: Sequence[NeededMoney]
    landmarks: Sequence[Landmark]

    @property
    def dates(self) -> Axis:
        """The axis below."""
        finish = [point.finish for point in self.points]
        return finish_axis(min(finish), max(finish), [mark.finish for mark in self.landmarks])

    @property
    def money(self) -> Axis:
        """The axis at the side."""
        costs = [cost for point in self.points for cost in (point.cost, point.low, point.high) if cost is not None]
        return cost_axis(min(costs), max(costs), [mark.cost for mark in self.landmarks])

    def place(self, point: NeededMoney) -> tuple[float, float]:
        """Where a point of the line lies in the picture, in shares of its width and height."""
        return self.dates.share(point.finish), self.money.share(point.cost)


@dataclass(frozen=True)
class Size:
    """How large a picture is, and how many ticks it has room for: of dates, of money."""

    width: int
    height: int
    most_ticks: tuple[int, int]


WIDE, NARROW = Size(860, 360, (8, 6)), Size(380, 340, (3, 6))


def draw(frontier: Frontier, ticks: tuple[Sequence[Tick], Sequence[Tick]], size: Size) -> Markup:
    """Draw one size of the picture.

    Parameters
    ----------
    frontier : Frontier
    ticks : pair of sequences of Tick
        Of dates, of money.
    size : Size
    """
    dates, money = frontier.dates, frontier.money
    across = Scale(dates.low, dates.high, LEFT, size.width - RIGHT)
    up = Scale(money.low, money.high, size.height - BOTTOM, TOP)
    inside = [
        *level_lines(across, up, ticks[1], has_floor=False),
        element("path", class_="axis", d=f"M{number(across.start)} {number(up.start)}H{number(across.end)}"),
        *ticks_below(across, up.start, ticks[0]),
        *_band(frontier.points, across, up),
        element("path", class_="curve", d=path([(across.at(p.finish), up.at(p.cost)) for p in frontier.points])),
        *(
            element("circle", class_="dot", cx=across.at(point.finish), cy=up.at(point.cost), r=3.5)
            for point in frontier.points
        ),
        *_landmarks(frontier, across, up),
        cursor(up),
    ]
    return picture(size.width, size.height, inside, data_box=read_box(across, up))


def _band(points: Sequence[NeededMoney], across: Scale, up: Scale) -> list[Markup]:
    """The intervals of the amounts, up to the first that is open."""
    closed = [point for point in points if point.low is not None and point.high is not None]
    if len(closed) < 2:
        return []
    above = [(across.at(point.finish), up.at(point.high or 0.0)) for point in closed]
    below = [(across.at(point.finish), up.at(point.low or 0.0)) for point in reversed(closed)]
    return [element("path", class_="band", d=f"{path([*above, *below])}z")]


def _landmarks(frontier: Frontier, across: Scale, up: Scale) -> list[Markup]:
    """Points beside the line, each with its label; one beyond an axis stands at its end, with an arrow."""
    drawn: list[Markup] = []
    taken: list[tuple[float, float, float]] = []
    for mark in frontier.landmarks:
        x = across.start + frontier.dates.share(mark.finish) * (across.end - across.start)
        y = up.start + frontier.money.share(mark.cost) * (up.end - up.start)
        label = (
            mark.label if across.holds(mark.finish) and up.holds(mark.cost) else mark.label + _arrow(mark, across, up)
        )
        width = cells(label) * LETTER
        is_left = x + LABEL_GAP + width > across.end
        left = x - LABEL_GAP - width if is_left else x + LABEL_GAP
        level = _free_level(min(y + 4, up.start - 8), left, width, taken)
        taken.append((left, left + width, level))
        place = x - LABEL_GAP if is_left else x + LABEL_GAP
        drawn.append(_sign(mark.kind, x, y))
        drawn.append(text(label, place, level, text_anchor="end" if is_left else "start", class_="halo"))
    return drawn


def _free_level(level: float, left: float, width: float, taken: Sequence[tuple[float, float, float]]) -> float:
    """The height nearest above at which a label touches no other one."""
    beside = [other for low, high, other in taken if low < left + width and left < high]
    while any(abs(level - other) < LINE for other in beside):
        level -= 1
    return level


def _sign(kind: str, x: float, y: float) -> Markup:
    if kind == "plan":
        return element("path", class_="plan-point", d=f"M{number(x - 6)} {number(y)}h12m-6-6v12")
    if kind == "needed":
        return element("path", class_="needed", d=f"M{number(x)} {number(y - 6)}l6 6l-6 6l-6-6z")
    return element("circle", class_="reached", cx=x, cy=y, r=4.5)


def _arrow(mark: Landmark, across: Scale, up: Scale) -> str:
    """Where a point lies that is beyond an axis: mostly the plan, which is earlier and cheaper than the line."""
    if not across.holds(mark.finish):
        return " \u2190" if mark.finish < across.low else " \u2192"
    return " \u2193" if mark.cost < up.low else " \u2191"
