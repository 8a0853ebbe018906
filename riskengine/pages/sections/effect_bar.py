"""Bars of what can be more or less than nothing, on one axis for a column."""

from collections.abc import Iterable

from riskengine.pages.blocks import Bar

Extent = tuple[float, float]


def extent_of(values: Iterable[float | None]) -> Extent:
    """Return the range of values and ends of intervals, with nothing in it; what is not known is left out."""
    ends = [value or 0.0 for value in values]
    low, high = min(0.0, *ends), max(0.0, *ends)
    return (low, high) if low < high else (0.0, 1.0)


def effect_bar(value: float, low: float | None, high: float | None, extent: Extent) -> Bar:
    """Return the bar of a value from nothing, with its interval where that has both ends."""

    def share(amount: float) -> float:
        return (amount - extent[0]) / (extent[1] - extent[0])

    return Bar(
        share(min(value, 0.0)),
        share(max(value, 0.0)),
        None if low is None else share(low),
        None if high is None else share(high),
        zero=share(0.0),
        kind="less" if value < 0 else "more",
    )
