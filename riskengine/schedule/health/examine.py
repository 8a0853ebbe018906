"""The health of a schedule: fourteen points, what is behind them, and whether the finish responds."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from riskengine.errors.counting import counted, share_of
from riskengine.model import Scenario
from riskengine.schedule.dates.computed_dates import Dates
from riskengine.schedule.dates.working_time import WorkingTime
from riskengine.schedule.health.dcma import without_dates
from riskengine.schedule.health.dcma_dates import with_dates
from riskengine.schedule.health.finding import Finding, Level, Measure
from riskengine.schedule.health.logic import Logic
from riskengine.schedule.health.readiness import readiness
from riskengine.schedule.health.shock import Forward, Progress, Shock, end_of, lengthen


@dataclass(frozen=True, slots=True)
class HealthAssessment:
    """What is known about a schedule's fitness.

    Parameters
    ----------
    measures : tuple of Measure
        The fourteen points of the DCMA assessment, in their order.
    findings : tuple of Finding
        In the order of the codes.
    shock : Shock or None
    """

    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]
    shock: Shock | None


def examine(
    scenario: Scenario,
    order: Sequence[str],
    dates: Dates,
    forward: Callable[[Sequence[str]], Forward] | None = None,
    progress: Progress | None = None,
) -> HealthAssessment:
    """Examine a schedule.

    Parameters
    ----------
    scenario : Scenario
    order : sequence of str
        Ids of the tasks in the order of `dates`: ``Plan.task``.
    dates : Dates
    forward : callable, optional
        From the tasks whose finishes are watched to a ``Forward``; without it no task is lengthened.
    progress : callable, optional
        Told how many tasks have been lengthened.
    """
    logic = Logic(scenario)
    time = WorkingTime.around(scenario, dates.early_start, dates.early_finish)
    end = end_of(logic, order, dates)
    shock = None
    if forward is not None and end is not None:
        ends = (end, *sorted(logic.targets & logic.unfinished.keys() - {end}))
        shock = lengthen(logic, order, dates=dates, time=time, ends=ends, forward=forward(ends), progress=progress)
    dated = with_dates(logic, order, dates=dates, time=time, end=end, shock=shock)
    measures = tuple(sorted((*without_dates(logic), *dated), key=lambda measure: measure.number))
    findings = [*_from_measures(dated), *_responses(shock), *_spans(logic, order, dates)]
    findings += [finding for finding in readiness(logic) if finding.code != "RE559"]  # the dated one holds it
    return HealthAssessment(measures, tuple(sorted(findings, key=lambda finding: finding.code)), shock)


def _from_measures(measures: tuple[Measure, ...]) -> Iterator[Finding]:
    for measure in measures:
        if measure.result != "fail":
            continue
        match measure.code:
            case "RE556":
                counts = f"{_unfinished(measure)} over 44 days of float"
            case "RE557":
                counts = f"{_unfinished(measure)} negative float"
            case "RE559":
                tasks = counted(measure.numerator or 0, "task has", "tasks have")
                counts = f"{tasks} an actual date after the data date, or a forecast before it"
            case "RE562":
                noun, verb = ("critical task", "critical tasks"), ("does", "do")
                counts = f"{share_of(len(measure.behind), measure.denominator or 0, noun, verb)} not move the finish"
            case _:
                counts = f"the critical path length index is {measure.value:.3f}, {measure.remark}"
        # room that is too large is a hint at missing logic, and misleads nobody by itself
        level: Level = "note" if measure.code == "RE556" else "warning"
        yield Finding(measure.code, level, counts, measure.behind)


def _unfinished(measure: Measure) -> str:
    noun = ("unfinished task", "unfinished tasks")
    return share_of(measure.numerator or 0, measure.denominator or 0, noun, ("has", "have"))


def _responses(shock: Shock | None) -> Iterator[Finding]:
    if shock is None:
        return
    for behind, why in (
        (shock.cut_off, f"without moving {shock.words}: no logic leads from them to it"),
        (shock.without_effect, f"without moving {shock.words}, although logic leads from them to it"),
    ):
        if behind:
            noun = ("unfinished task", "unfinished tasks")
            counts = f"{share_of(len(behind), shock.tested, noun, ('may', 'may'))} outlast the project {why}"
            yield Finding("RE576", "warning", counts, behind)


def _spans(logic: Logic, order: Sequence[str], dates: Dates) -> Iterator[Finding]:
    """Find levels of effort that outlast the work."""
    finish = dict(zip(order, dates.early_finish, strict=True))
    ends = [finish[name] for name in logic.unfinished if not np.isnat(finish[name])]
    tasks = logic.scenario.tasks
    behind = tuple(
        name
        for name, task in tasks.items()
        if task.type == "level of effort" and ends and not np.isnat(finish[name]) and finish[name] > max(ends)
    )
    if behind:
        yield Finding("RE569", "warning", "levels of effort that end after all work, on the longest path", behind)
