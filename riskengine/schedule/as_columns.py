"""The health of a plan as columns of the tables that a results folder has of it."""

import json
from collections.abc import Sequence
from typing import Any, Final

from riskengine.model import Scenario
from riskengine.model.in_force import in_force
from riskengine.plan import Plan
from riskengine.schedule.check import check
from riskengine.schedule.health.finding import Finding, Measure, at_most
from riskengine.schedule.health.shock import Shock
from riskengine.schedule.report import ScheduleReport

SHOCK_TEST: Final = 15
"""Number of the shock test, behind the fourteen points."""


def health_of(scenario: Scenario, plan: Plan) -> ScheduleReport:
    """Return what `check --health` finds of a scenario that is compiled already.

    Parameters
    ----------
    scenario : Scenario
        As it was simulated.
    plan : Plan
        Compiled from it.
    """
    return check(in_force(scenario), plan=plan)


def health_columns(report: ScheduleReport) -> dict[str, Sequence[Any]]:
    """Return the columns of the table ``health``."""
    health = report.health
    if health is None:
        return columns_of_measures(())
    shock = () if health.shock is None else (shock_measure(health.shock),)
    return columns_of_measures((*health.measures, *shock))


def columns_of_measures(measures: Sequence[Measure]) -> dict[str, Sequence[Any]]:
    """Return a value of each column for every point."""
    return {
        "number": [measure.number for measure in measures],
        "code": [measure.code for measure in measures],
        "name": [measure.name for measure in measures],
        "numerator": [as_float(measure.numerator) for measure in measures],
        "denominator": [as_float(measure.denominator) for measure in measures],
        "value": [as_float(measure.value) for measure in measures],
        "bound": [as_float(measure.limit) for measure in measures],
        "threshold": [measure.threshold for measure in measures],
        "result": [measure.result for measure in measures],
        "behind": [as_list(measure.behind) for measure in measures],
        "remark": [measure.remark for measure in measures],
    }


def shock_measure(shock: Shock) -> Measure:
    """Return the shock test as one more point: the tasks that move no finish when they grow."""
    silent = tuple(sorted((*shock.cut_off, *shock.without_effect)))
    return at_most(
        SHOCK_TEST,
        "RE576",
        name="Shock test",
        behind=silent,
        denominator=shock.tested,
        limit=0.0,
        remark=f"watched: {shock.words}",
    )


def finding_columns(findings: Sequence[Finding]) -> dict[str, Sequence[Any]]:
    """Return the columns of the table ``health_findings``."""
    return {
        "number": list(range(1, len(findings) + 1)),
        "code": [finding.code for finding in findings],
        "level": [finding.level for finding in findings],
        "title": [finding.title for finding in findings],
        "words": [finding.words for finding in findings],
        "count": [len(finding.behind) for finding in findings],
        "behind": [as_list(finding.behind) for finding in findings],
    }


def as_float(number: float | None) -> float | None:
    """Return a number as the column holds it: a count is a whole number of Python's."""
    return None if number is None else float(number)


def as_list(names: Sequence[str]) -> str:
    """Return names as a JSON list."""
    return json.dumps(list(names), ensure_ascii=False)
