"""The health of the plan of a run, examined when a table of it is first read."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from riskengine.model import Scenario
from riskengine.plan import Plan
from riskengine.results.samples.sample import Sample
from riskengine.schedule.report import ScheduleReport


def with_health(sample: Sample, scenario: Scenario, plan: Plan) -> Sample:
    """Return a sample that knows the health of its plan, once somebody asks: what is written asks for it.

    Parameters
    ----------
    sample : Sample
    scenario : Scenario
        What was simulated.
    plan : Plan
        Compiled from it.
    """

    @cache
    def report() -> ScheduleReport:
        from riskengine.schedule.as_columns import health_of

        return health_of(scenario, plan)

    def health() -> Mapping[str, Sequence[Any]]:
        from riskengine.schedule.as_columns import health_columns

        return health_columns(report())

    def findings() -> Mapping[str, Sequence[Any]]:
        from riskengine.schedule.as_columns import finding_columns

        return finding_columns(report().findings)

    return sample.with_inputs({"health": health, "health_findings": findings})
