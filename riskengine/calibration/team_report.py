"""What finished work says of the estimates of each team."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from riskengine.calibration.bounded import Bounded, quantile
from riskengine.calibration.finished_item import FinishedItem, FinishedWork
from riskengine.calibration.ranges import Ranges, ranges_of
from riskengine.calibration.scores import Forecasts, Scores, forecasts_of, scores_of
from riskengine.calibration.widening import FEWEST, Widening, widening_of

FEWEST_PAIRS: Final = 10
"""Pairs of estimate and actual below which nothing is said of a team."""

ADVISED_PAIRS: Final = 30
RATIO_PERCENTS: Final = (10, 50, 90)


@dataclass(frozen=True, slots=True)
class TeamReport:
    """What its finished items say of the estimates of one team, or of all.

    Attributes
    ----------
    team : str or None
        None for all items together.
    items : int
        Pairs of estimate and actual.
    ranged : int
        Those whose estimate is a range.
    rows : int
        Items of the table, those that are left out among them.
    refusal : str
        Why nothing is said, empty where something is.
    ratios : mapping
        Actual over estimate by percentile.
    scores : Scores or None
        Of the ranges; None where there are none.
    widening : Widening or None
        None where fewer than 20 items have a range.
    ranges : Ranges or None
        For items to come; None where nothing is said.
    left_out, suspicions : mapping
        Ids of items by reason.
    """

    team: str | None
    items: int
    ranged: int
    rows: int
    refusal: str
    ratios: Mapping[int, Bounded]
    scores: Scores | None
    widening: Widening | None
    ranges: Ranges | None
    left_out: Mapping[str, list[str]]
    suspicions: Mapping[str, list[str]]


def team_reports(work: FinishedWork, by_team: bool) -> tuple[TeamReport, ...]:
    """Return what the items say of each team, in the order of their names, or of all together."""
    if not by_team:
        return (_report(work, None, work.items),)
    members: defaultdict[str, list[FinishedItem]] = defaultdict(list)
    for item in work.items:
        members[item.team].append(item)
    names = {*members, *(team for team, _ in work.left_out)}
    return tuple(_report(work, team, members[team]) for team in sorted(names))


def _report(work: FinishedWork, team: str | None, items: Sequence[FinishedItem]) -> TeamReport:
    left_out, suspicious = (_of_team(ids, team) for ids in (work.left_out, work.suspicions))
    rows = len(items) + sum(map(len, left_out.values()))
    if len(items) < FEWEST_PAIRS:
        refusal = f"{FEWEST_PAIRS} pairs of estimate and actual are needed, {ADVISED_PAIRS} advised"
        return TeamReport(
            team,
            len(items),
            ranged=0,
            rows=rows,
            refusal=refusal,
            ratios={},
            scores=None,
            widening=None,
            ranges=None,
            left_out=left_out,
            suspicions=suspicious,
        )
    ratio = np.array([item.actual / item.estimate for item in items])
    ranged = [item for item in items if item.forecast is not None]
    forecasts: Forecasts | None = forecasts_of(ranged) if len(ranged) >= FEWEST_PAIRS else None
    return TeamReport(
        team=team,
        items=len(items),
        ranged=len(ranged),
        rows=rows,
        refusal="",
        ratios={percent: quantile(ratio, percent / 100) for percent in RATIO_PERCENTS},
        scores=None if forecasts is None else scores_of(forecasts),
        widening=None if forecasts is None else widening_of(forecasts, [item.sprint for item in ranged]),
        ranges=ranges_of(items),
        left_out=left_out,
        suspicions=suspicious,
    )


def _of_team(ids: Mapping[tuple[str, str], list[str]], team: str | None) -> dict[str, list[str]]:
    """Return ids by reason, of one team or of all."""
    chosen: defaultdict[str, list[str]] = defaultdict(list)
    for (of_team, reason), listed in ids.items():
        if team is None or of_team == team:
            chosen[reason] += listed
    return dict(chosen)


def widening_refusal(report: TeamReport) -> str:
    """Return why no widening is recommended, empty where one is."""
    if report.widening is not None or report.refusal:
        return ""
    if not report.ranged:
        return "no item has a range (low and high beside its estimate): no coverage, and no widening, can be told"
    if report.ranged < FEWEST:
        return f"{report.ranged} items have a range: {FEWEST} are needed before a widening is recommended"
    return f"fewer than {FEWEST} items have a range above 0 and differ from it: no widening can be told"
