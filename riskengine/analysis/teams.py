"""Who must not slip: of each team, owner and resource the chance to drive the finish, its load, what it hands over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np

from riskengine.analysis.statistics.part import counted_parts, share_of_part
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.analysis.tables.tasks import percentile_columns
from riskengine.results.run import RunRecord
from riskengine.results.samples.team_sample import Team, TeamSample

LOAD_PERCENTS = (10, 50, 80)
FINISH_TYPES = ("FS", "FF")
"""Relationships that wait for a finish."""

Estimate = dict[str, float | None]


@dataclass(frozen=True)
class TeamMonth:
    """A team in a month.

    Parameters
    ----------
    month : date
        Its first day.
    work : dict
        Share of the iterations in which the team has work in the month: ``value``, ``ci_low``, ``ci_high``.
    driving : dict
        Share of those in which its work there is on the driving path; null where there are none.
    load : dict of str to dict
        ``p10``, ``p50`` and ``p80`` of its days of work in the month, of all iterations [working days x units].
    """

    month: date
    work: Estimate
    driving: Estimate
    load: Mapping[str, Estimate]


@dataclass(frozen=True)
class HandOver:
    """A task whose finish others wait for.

    Parameters
    ----------
    task, name : str
    to : tuple of str
        Those who wait.
    finish_p50, finish_p80 : dict
        ``value``, ``ci_low``, ``ci_high``, datetimes; null where few iterations leave them open.
    """

    task: str
    name: str
    to: tuple[str, ...]
    finish_p50: Mapping[str, datetime | None]
    finish_p80: Mapping[str, datetime | None]


@dataclass(frozen=True)
class TeamReport:
    """What a run says to one team, owner or resource.

    Parameters
    ----------
    kind, key, name : str
        As in ``Team``.
    tasks : tuple of str
        Ids.
    driving : dict
        Share of the iterations in which any of its work is on the driving path.
    months : tuple of TeamMonth
        From the first to the last with work in any iteration.
    hand_overs : tuple of HandOver
        By their P80.
    """

    kind: str
    key: str
    name: str
    tasks: tuple[str, ...]
    driving: Estimate
    months: tuple[TeamMonth, ...]
    hand_overs: tuple[HandOver, ...]


def team_reports(run: RunRecord, sample: TeamSample) -> list[TeamReport]:
    """Return what a run says to each team, owner and resource."""
    width = sample.days.shape[2]
    replicates = Replicates.of(run.manifest["method"], width)
    error = float(run.manifest["table_error"])
    tasks = {row["task"]: row for row in run.tables["tasks"].to_pylist()}
    relationships = run.tables["relationships"].select(["predecessor", "successor", "type"]).to_pylist()
    reports = []
    for at, team in enumerate(sample.teams):
        has_work = sample.days[at] > 0
        driving = sample.is_driving[at]
        ever = probability_of(driving.any(axis=0)[None, :], replicates, table_error=error)
        reports.append(
            TeamReport(
                kind=team.kind,
                key=team.key,
                name=team.name,
                tasks=tuple(sorted(set(team.units) & set(tasks))),
                driving=_estimate(ever, 0),
                months=_months(sample, at, has_work, replicates, error),
                hand_overs=tuple(_hand_overs(team, sample.teams, tasks, relationships)),
            )
        )
    return reports


def _months(sample: TeamSample, at: int, has_work: Any, replicates: Replicates, error: float) -> tuple[TeamMonth, ...]:
    """Return the months of one team from its first to its last work."""
    busy = np.flatnonzero(has_work.any(axis=1))
    if not busy.size:
        return ()
    rows = slice(int(busy[0]), int(busy[-1]) + 1)
    work = probability_of(has_work[rows], replicates, table_error=error)
    counts = counted_parts(sample.is_driving[at][rows] & has_work[rows], has_work[rows], replicates)
    driving = share_of_part(counts, replicates, error)
    load = percentile_columns("load", sample.days[at][rows], LOAD_PERCENTS, replicates)
    return tuple(
        TeamMonth(
            month=month.astype("datetime64[D]").item(),
            work=_estimate(work, row),
            driving=_estimate(driving, row),
            load={
                f"p{percent}": {
                    name: _number(load[f"load_p{percent}{end}"][row])
                    for name, end in (("value", ""), ("ci_low", "_ci_low"), ("ci_high", "_ci_high"))
                }
                for percent in LOAD_PERCENTS
            },
        )
        for row, month in enumerate(sample.month[rows])
    )


def _hand_overs(
    team: Team, teams: tuple[Team, ...], tasks: Mapping[str, Any], relationships: list[dict[str, Any]]
) -> list[HandOver]:
    """Return the unfinished tasks of a team that others of its kind wait for."""
    others = [each for each in teams if each.kind == team.kind and each.key != team.key]
    receivers: dict[str, set[str]] = {}
    for relationship in relationships:
        before, after = relationship["predecessor"], relationship["successor"]
        is_own = before in team.units and after not in team.units and before in tasks
        if is_own and relationship["type"] in FINISH_TYPES and tasks[before]["progress"] != "finished":
            waiting = {each.key for each in others if after in each.units}
            if waiting:
                receivers.setdefault(before, set()).update(waiting)
    hand_overs = [
        HandOver(
            task=name,
            name=tasks[name]["name"],
            to=tuple(sorted(to)),
            finish_p50=_dates(tasks[name], "finish_p50"),
            finish_p80=_dates(tasks[name], "finish_p80"),
        )
        for name, to in receivers.items()
    ]
    return sorted(hand_overs, key=lambda each: (str(each.finish_p80["value"]), each.task))


def _dates(row: Mapping[str, Any], name: str) -> dict[str, datetime | None]:
    return {"value": row[name], "ci_low": row[f"{name}_ci_low"], "ci_high": row[f"{name}_ci_high"]}


def _estimate(interval: Any, row: int) -> Estimate:
    return {
        "value": _number(interval.value[row]),
        "ci_low": _number(interval.low[row]),
        "ci_high": _number(interval.high[row]),
    }


def _number(value: Any) -> float | None:
    return float(value) if np.isfinite(value) else None
