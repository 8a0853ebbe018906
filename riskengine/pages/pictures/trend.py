"""The forecast cone: from one status date to the next, between which dates the finish was forecast to lie."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from riskengine.pages.pictures.scale import Scale, Tick
from riskengine.pages.pictures.svg import element, number, path, picture, text

LEFT, RIGHT, TOP, BOTTOM = 88, 18, 14, 32
MARGIN = 0.06
"""Of what the axis of the finish reaches over, above and below."""
LEAST_DAYS = 2.0
"""Days that an axis reaches over at least."""


@dataclass(frozen=True)
class Forecast:
    """What was forecast at a status date.

    Parameters
    ----------
    status : float
        The status date [days since 1970].
    p10, p50, p80, p90 : float
        Percentiles of the finish [days since 1970].
    """

    status: float
    p10: float
    p50: float
    p80: float
    p90: float


@dataclass(frozen=True)
class Size:
    """How large a picture is, and how many dates it has room for: of the status below, of the finish at the side."""

    width: int
    height: int
    most_ticks: tuple[int, int]


WIDE, NARROW = Size(860, 340, (8, 7)), Size(380, 320, (3, 6))


@dataclass(frozen=True)
class Cone:
    """The picture before it has a size.

    Parameters
    ----------
    forecasts : sequence of Forecast
        Two at least, the earliest first.
    actual : float or None
        The actual finish [days since 1970], where it is known.
    """

    forecasts: Sequence[Forecast]
    actual: float | None

    @property
    def status_range(self) -> tuple[float, float]:
        """First and last status date."""
        return self.forecasts[0].status, self.forecasts[-1].status

    @property
    def finish_range(self) -> tuple[float, float]:
        """Earliest and latest finish of the picture, with room beyond."""
        ends = [day for forecast in self.forecasts for day in (forecast.p10, forecast.p90)]
        ends += [] if self.actual is None else [self.actual]
        low, high = min(ends), max(ends)
        room = max(MARGIN * (high - low), (LEAST_DAYS - (high - low)) / 2)
        return low - room, high + room

    def point(self, forecast: Forecast) -> tuple[float, float]:
        """Place of a status and its P50 as shares of the two axes, from 0 to 1."""
        first, last = self.status_range
        low, high = self.finish_range
        return (forecast.status - first) / (last - first), (forecast.p50 - low) / (high - low)


def draw(cone: Cone, of_status: Sequence[Tick], of_finish: Sequence[Tick], size: Size) -> Markup:
    """Draw one size of the picture.

    Parameters
    ----------
    cone : Cone
    of_status, of_finish : sequence of Tick
        What is written below, and at the side.
    size : Size
    """
    floor = size.height - BOTTOM
    across = Scale(*cone.status_range, LEFT, size.width - RIGHT)
    up = Scale(*cone.finish_range, floor, TOP)
    high, low = (_line(cone, name, across, up) for name in ("p90", "p10"))
    inside = [*_finish_lines(across, up, of_finish), *_status_ticks(across, floor, of_status)]
    inside += [
        element("path", class_="band", d=f"{path([*high, *reversed(low)])}z"),
        element("path", class_="mark plan", d=path(_line(cone, "p80", across, up))),
        element("path", class_="curve", d=path(_line(cone, "p50", across, up))),
    ]
    if cone.actual is not None:
        y = number(up.at(cone.actual))
        inside.append(element("path", class_="mark gate", d=f"M{number(across.start)} {y}H{number(across.end)}"))
    inside.append(
        element(
            "g",
            element("path", d=f"M0 {number(TOP)}V{number(floor)}"),
            element("circle", r=5, cy=up.start),
            class_="cursor",
        )
    )
    box = " ".join(number(value) for value in (LEFT, up.end, across.end - LEFT, up.start - up.end))
    return picture(size.width, size.height, inside, data_box=box)


def _line(cone: Cone, name: str, across: Scale, up: Scale) -> list[tuple[float, float]]:
    return [(across.at(forecast.status), up.at(getattr(forecast, name))) for forecast in cone.forecasts]


def _finish_lines(across: Scale, up: Scale, ticks: Sequence[Tick]) -> list[Markup]:
    drawn = []
    for tick in ticks:
        y = up.at(tick.value)
        drawn.append(element("path", class_="grid", d=f"M{number(across.start)} {number(y)}H{number(across.end)}"))
        drawn.append(text(tick.label, across.start - 8, y + 4, text_anchor="end"))
    return drawn


def _status_ticks(across: Scale, floor: float, ticks: Sequence[Tick]) -> list[Markup]:
    drawn = [element("path", class_="axis", d=f"M{number(across.start)} {number(floor)}H{number(across.end)}")]
    for tick in ticks:
        x = across.at(tick.value)
        drawn.append(element("path", class_="axis", d=f"M{number(x)} {number(floor)}v5"))
        drawn.append(text(tick.label, x, floor + 20, text_anchor="middle"))
    return drawn
