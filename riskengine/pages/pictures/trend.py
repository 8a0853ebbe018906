"""The forecast cone: from one status date to the next, where the finish or the cost was forecast to lie."""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from riskengine.pages.pictures.frame import cursor, level_lines, read_box, ticks_below
from riskengine.pages.pictures.scale import Scale, Tick
from riskengine.pages.pictures.svg import element, number, path, picture

LEFT, RIGHT, TOP, BOTTOM = 88, 18, 14, 32
MARGIN = 0.06
"""Of what the axis at the side reaches over, above and below."""
LEAST_DAYS = 2.0
"""Days that the axis of a finish reaches over at least."""


@dataclass(frozen=True)
class Forecast:
    """What was forecast at a status date.

    Parameters
    ----------
    status : float
        The status date [days since 1970].
    p10, p50, p80, p90 : float
        Percentiles of the finish [days since 1970], or of the cost.
    """

    status: float
    p10: float
    p50: float
    p80: float
    p90: float


@dataclass(frozen=True)
class Size:
    """How large a picture is, and how many dates it has room for: of the status below, of the forecast at the side."""

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
    least : float
        What the axis at the side reaches over at least.
    """

    forecasts: Sequence[Forecast]
    actual: float | None
    least: float = LEAST_DAYS

    @property
    def status_range(self) -> tuple[float, float]:
        """First and last status date."""
        return self.forecasts[0].status, self.forecasts[-1].status

    @property
    def forecast_range(self) -> tuple[float, float]:
        """Least and largest forecast of the picture, with room beyond."""
        ends = [end for forecast in self.forecasts for end in (forecast.p10, forecast.p90)]
        ends += [] if self.actual is None else [self.actual]
        low, high = min(ends), max(ends)
        room = max(MARGIN * (high - low), (self.least - (high - low)) / 2)
        return low - room, high + room

    def point(self, forecast: Forecast) -> tuple[float, float]:
        """Place of a status and its P50 as shares of the two axes, from 0 to 1."""
        first, last = self.status_range
        low, high = self.forecast_range
        return (forecast.status - first) / (last - first), (forecast.p50 - low) / (high - low)


def draw(cone: Cone, of_status: Sequence[Tick], beside: Sequence[Tick], size: Size) -> Markup:
    """Draw one size of the picture.

    Parameters
    ----------
    cone : Cone
    of_status, beside : sequence of Tick
        What is written below, and at the side.
    size : Size
    """
    floor = size.height - BOTTOM
    across = Scale(*cone.status_range, LEFT, size.width - RIGHT)
    up = Scale(*cone.forecast_range, floor, TOP)
    high, low = (_line(cone, name, across, up) for name in ("p90", "p10"))
    inside = [
        *level_lines(across, up, beside, has_floor=False),
        element("path", class_="axis", d=f"M{number(across.start)} {number(floor)}H{number(across.end)}"),
        *ticks_below(across, floor, of_status),
        element("path", class_="band", d=f"{path([*high, *reversed(low)])}z"),
        element("path", class_="mark plan", d=path(_line(cone, "p80", across, up))),
        element("path", class_="curve", d=path(_line(cone, "p50", across, up))),
    ]
    if cone.actual is not None:
        y = number(up.at(cone.actual))
        inside.append(element("path", class_="mark gate", d=f"M{number(across.start)} {y}H{number(across.end)}"))
    inside.append(cursor(up))
    return picture(size.width, size.height, inside, data_box=read_box(across, up))


def _line(cone: Cone, name: str, across: Scale, up: Scale) -> list[tuple[float, float]]:
    return [(across.at(forecast.status), up.at(getattr(forecast, name))) for forecast in cone.forecasts]
