"""Forecasts held against the actual finish, once it is known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from riskengine.history.trend import Status, Trend


@dataclass(frozen=True)
class Score:
    """How a forecast did.

    Parameters
    ----------
    scenario_key : str
    status_date : date
        Of the forecast.
    actual_finish : datetime
        From the latest status of the scenario.
    above : int or None
        The largest percentile of the forecast that the actual finish came after; None where it came by the least one.
    at_most : int or None
        The least percentile that it came by; None where it came after the largest one.
    days_after_p50 : float
        Calendar days from the P50 of the forecast to the actual finish.
    """

    scenario_key: str
    status_date: date
    actual_finish: datetime
    above: int | None
    at_most: int | None
    days_after_p50: float

    def came_by(self, percent: int) -> bool:
        """Whether the actual finish came no later than a percentile of the forecast."""
        return self.at_most is not None and self.at_most <= percent


def scores(trends: Sequence[Trend]) -> tuple[Score, ...]:
    """Return the scores of all forecasts of projects that are over; a status that knows the finish is no forecast.

    Parameters
    ----------
    trends : sequence of Trend
    """
    return tuple(
        _score(trend.scenario_key, status, actual)
        for trend in trends
        if (actual := trend.statuses[-1].actual_finish) is not None
        for status in trend.statuses
        if status.actual_finish is None
    )


def _score(scenario_key: str, status: Status, actual: datetime) -> Score:
    """Place an actual finish among the percentiles of a forecast."""
    before = [percent for percent, (instant, *_) in status.instants.items() if instant < actual]
    after = [percent for percent, (instant, *_) in status.instants.items() if instant >= actual]
    median = status.instants[50][0]
    return Score(
        scenario_key=scenario_key,
        status_date=status.status_date,
        actual_finish=actual,
        above=max(before, default=None),
        at_most=min(after, default=None),
        days_after_p50=(actual - median).total_seconds() / 86_400,
    )
