"""Indices of prices: what the same thing costs in one month against another."""

from datetime import datetime
from typing import Annotated, Any, Final, NamedTuple

from riskengine.model.estimate import AnyEstimate
from riskengine.model.fields import Amount, Text, Units
from riskengine.model.frozen import Frozen

MONTHS_A_YEAR: Final = 12


class Level(NamedTuple):
    """What an index stands at in a month: the value before it, and for how many months the rate has run since.

    Parameters
    ----------
    value : float
    growth : int [month]
        Since the last value or, of an index without values, since a month that is the same for all.
    """

    value: float
    growth: int


class PriceIndex(Frozen):
    """An index of prices by month: its values as far as they are known, and a rate by which it goes on from there.

    A value holds until the next one stands. The last holds for its own month, and the index goes on from it by
    ``rate`` a year, month by month; without a rate it ends there. Without values it grows by the rate throughout.
    """

    id: str
    name: Annotated[str, Text("Name of the index.", is_written=True, example='"Structural steel"')] = ""
    base: Annotated[
        str,
        Text("Month in whose prices the money is written; default: that of the project's start.", example='"2027-01"'),
    ] = ""
    values: Annotated[
        dict[str, float],
        Units("Values by month; each holds until the next.", example="{ 2027-01 = 112.4, 2027-07 = 115 }"),
    ] = {}
    rate: Annotated[
        AnyEstimate | None,
        Amount(
            "Growth a year, 0.03 for 3 %, behind the last value or, without values, throughout.",
            "factor",
            example="[0.01, 0.03, 0.06]",
        ),
    ] = None

    @property
    def by_month(self) -> dict[int, float]:
        """Values by number of the month, ascending."""
        return {month_number(month): value for month, value in sorted(self.values.items())}

    def level(self, month: int) -> Level | None:
        """Return what the index stands at in a month, by its number; None where it says nothing of that month."""
        if not self.values:
            return Level(1.0, month)
        values = self.by_month
        earlier = [each for each in values if each <= month]
        last = max(values)
        if not earlier or (month > last and self.rate is None):
            return None
        return Level(values[earlier[-1]], max(0, month - last))


def price_ratio(level: Level, base: Level, rate: Any) -> Any:
    """Return what things cost at one level of an index against another, for a growth a year or an array of them."""
    return level.value / base.value * (1.0 + rate) ** ((level.growth - base.growth) / MONTHS_A_YEAR)


def month_number(month: str) -> int:
    """Return the number of a month such as 2027-01, counted from the year 0."""
    year, number = month.split("-")
    return int(year) * MONTHS_A_YEAR + int(number) - 1


def month_name(number: int) -> str:
    """Return a month such as 2027-01."""
    year, month = divmod(number, MONTHS_A_YEAR)
    return f"{year:04}-{month + 1:02}"


def base_month(index: PriceIndex, project_start: datetime) -> int:
    """Return the number of the month in whose prices money is written that follows an index."""
    return month_number(index.base or f"{project_start:%Y-%m}")
