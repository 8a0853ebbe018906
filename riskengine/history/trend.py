"""What a history says of each scenario, status date after status date."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Final

from riskengine.errors import ResultsError

FORECAST_PERCENTS: Final = (10, 50, 80, 90)
"""Percentiles of the finish, and of the cost, that a status shows."""


Instants = tuple[datetime, datetime | None, datetime | None]
"""A percentile of a finish with the ends of its 95 % interval, null where the run could not give them."""


@dataclass(frozen=True)
class Estimate:
    """A value with the ends of its 95 % interval, each null where the run could not give it."""

    value: float | None
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True)
class GateStatus:
    """The answer of a gate at one status: its chance, the interval with its level, and what was asked."""

    gate: str
    name: str
    probability: float
    ci_low: float
    ci_high: float
    level: float
    confidence: float
    answer: str


@dataclass(frozen=True)
class Status:
    """What a run said at one status date.

    Parameters
    ----------
    run_key, run : str
    name, currency : str
    status_date : date
    decision : str or None
    instants : dict of int to Instants
        Percentiles of the project's finish by percent.
    finish_days : Estimate
        P80 of the finish in working days after the start of the project; null where the start is not known.
    costs : dict of int to Estimate
        Percentiles of the cost by percent.
    gates : tuple of GateStatus
        In the order of their ids.
    actual_finish : datetime or None
        The finish, where it is the same in all iterations and lies before the data date: the project is over.
    """

    run_key: str
    run: str
    name: str
    currency: str
    status_date: date
    decision: str | None
    instants: dict[int, Instants]
    finish_days: Estimate
    costs: dict[int, Estimate]
    gates: tuple[GateStatus, ...]
    actual_finish: datetime | None

    @property
    def cost(self) -> Estimate:
        """P80 of the cost."""
        return self.costs[80]


@dataclass(frozen=True)
class Trend:
    """A scenario over its status dates, the earliest first."""

    scenario_key: str
    project: str
    statuses: tuple[Status, ...]

    @property
    def moves(self) -> tuple[Estimate | None, ...]:
        """How many calendar days the P80 finish moved since the status before; None for the first.

        Notes
        -----
        The interval reaches from the one extreme to the other: it holds the move whenever both intervals hold their
        percentiles, whether the two runs share random numbers or not.
        """
        steps = [move(earlier.instants[80], later.instants[80]) for earlier, later in pairwise(self.statuses)]
        return (None, *steps)[: len(self.statuses)]


def move(earlier: Instants, later: Instants) -> Estimate:
    """Return the calendar days from one percentile to another, each with the ends of its interval."""
    (value, low, high), (next_value, next_low, next_high) = earlier, later
    return Estimate(calendar_days(value, next_value), calendar_days(high, next_low), calendar_days(low, next_high))


def calendar_days(earlier: datetime | None, later: datetime | None) -> float | None:
    """Return the days between two instants, null where either is."""
    return None if earlier is None or later is None else (later - earlier).total_seconds() / 86_400


def read_trends(path: Path) -> tuple[Trend, ...]:
    """Return the trends of all scenarios of a history, in the order of their keys.

    Parameters
    ----------
    path : Path
        A file that :func:`riskengine.history.history_file.append` made.

    Raises
    ------
    ResultsError
        RE727 where it cannot be read.
    MachineError
        Without the library duckdb.
    """
    from riskengine.export.extras import require

    require("duckdb")
    import duckdb

    from riskengine.export.duckdb.destination import message_of

    try:
        with contextlib.closing(duckdb.connect(str(path), read_only=True)) as connection:
            statuses = list(_statuses(connection))
    except duckdb.Error as error:
        raise ResultsError(f"{path}: {message_of(error)}", "RE727") from error
    grouped = groupby(statuses, key=lambda entry: entry[:2])
    return tuple(Trend(key, project, tuple(status for _, _, status in group)) for (key, project), group in grouped)


def trend_until(path: Path, scenario_key: str, run: str) -> Trend:
    """Return the trend of one scenario until a run of it, which is its last status.

    Parameters
    ----------
    path : Path
        As for :func:`read_trends`.
    scenario_key, run : str
        Name of the results folder, and id of the run in it.

    Raises
    ------
    ResultsError
        RE739 where the history does not hold the run; RE727 where it cannot be read.
    MachineError
        Without the library duckdb.
    """
    for trend in read_trends(path):
        runs = [status.run for status in trend.statuses]
        if trend.scenario_key == scenario_key and run in runs:
            return replace(trend, statuses=trend.statuses[: runs.index(run) + 1])
    problem = f"{path}: it does not hold run {run[:12]} of {scenario_key!r}"
    raise ResultsError(problem, "RE739", "add the run: riskengine history RESULTS -o FILE")


PERCENTILES: Final = """
SELECT run_key, CAST(percentile AS INTEGER) AS percent, instant, instant_ci_low, instant_ci_high, value, ci_low, ci_high
FROM fact_percentile WHERE target = 'project' AND measure = ?
"""
RUNS: Final = """
SELECT R.scenario_key, R.project, R.run_key, R.run, R.name, R.currency, R.status_date, R.decision,
       CASE WHEN S.sd = 0 THEN R.data_date END AS certain_at
FROM dim_run AS R JOIN fact_summary AS S ON S.run_key = R.run_key AND S.target = 'project' AND S.measure = 'finish'
ORDER BY R.scenario_key, R.status_date
"""
GATES: Final = """
SELECT F.run_key, F.gate, D.name, F.probability, F.ci_low, F.ci_high, F.level, D.confidence, F.answer
FROM fact_gate AS F JOIN dim_gate AS D ON D.run_key = F.run_key AND D.gate = F.gate ORDER BY F.run_key, F.gate
"""


def _statuses(connection: Any) -> Iterator[tuple[str, str, Status]]:
    """Yield the statuses of all scenarios, each with its scenario's key and project."""
    finishes, costs = _percentiles(connection, "finish"), _percentiles(connection, "cost")
    gates: dict[str, list[GateStatus]] = {}
    for run_key, *columns in connection.execute(GATES).fetchall():
        gates.setdefault(run_key, []).append(GateStatus(*columns))
    for scenario_key, project, run_key, run, name, currency, day, decision, certain_at in connection.execute(
        RUNS
    ).fetchall():
        finish = finishes.get(run_key, {})
        instants = {percent: row[:3] for percent, row in finish.items()}
        yield (
            scenario_key,
            project,
            Status(
                run_key=run_key,
                run=run,
                name=name,
                currency=currency,
                status_date=day,
                decision=decision,
                instants=instants,
                finish_days=Estimate(*finish[80][3:]),
                costs={percent: Estimate(*row[3:]) for percent, row in costs[run_key].items()},
                gates=tuple(gates.get(run_key, ())),
                actual_finish=_actual_finish(instants[50][0], certain_at),
            ),
        )


def _percentiles(connection: Any, measure: str) -> dict[str, dict[int, tuple[Any, ...]]]:
    """Return the rows of percentiles by run and percent."""
    rows: dict[str, dict[int, tuple[Any, ...]]] = {}
    for run_key, percent, *columns in connection.execute(PERCENTILES, [measure]).fetchall():
        rows.setdefault(run_key, {})[percent] = tuple(columns)
    return rows


def _actual_finish(finish: datetime, certain_at: datetime | None) -> datetime | None:
    """Return the finish of a project that is over: certain, and before its data date.

    Parameters
    ----------
    finish : datetime
    certain_at : datetime or None
        The data date of a run whose iterations all finish at once.

    Notes
    -----
    What is still to be done lies at the data date at the earliest, as all of a plan without durations does. So a finish
    at that very instant may be either, and is none until the next status shows it.
    """
    return finish if certain_at is not None and finish < certain_at else None
