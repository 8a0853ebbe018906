"""A sample whose dearest parts are made when they are first read."""

from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import Any, Final, NamedTuple

from riskengine.engine.costs.clauses import clause_sample
from riskengine.engine.costs.periods import cost_period_sample
from riskengine.engine.dates.days_lost import lost_day_sample
from riskengine.engine.dates.stored_tasks import StoredTasks
from riskengine.engine.draws.correlations import correlation_sample
from riskengine.engine.limits import limits, risk_changes
from riskengine.engine.resources.periods import resource_period_sample
from riskengine.engine.risks.discrete_steps import discrete_sample
from riskengine.engine.risks.forced import forced_risks
from riskengine.engine.risks.rare_values import rare_value_sample
from riskengine.results.samples.clause_sample import ClauseSample
from riskengine.results.samples.correlation_sample import CorrelationSample
from riskengine.results.samples.discrete_sample import DiscreteSample
from riskengine.results.samples.limits import Limits
from riskengine.results.samples.lost_day_sample import LostDaySample
from riskengine.results.samples.sample import (
    CostPeriodSample,
    Inputs,
    LevellingSample,
    RareValueSample,
    ResourcePeriodSample,
    RiskSample,
    Sample,
    TaskSample,
)


class Parts(NamedTuple):
    """What makes the parts of a sample."""

    tasks: Callable[[], TaskSample]
    risks: Callable[[], RiskSample]
    limits: Callable[[], Limits | None]
    rare_values: Callable[[], RareValueSample | None]
    discrete: Callable[[], DiscreteSample | None]
    cost_periods: Callable[[], CostPeriodSample | None]
    resource_periods: Callable[[], ResourcePeriodSample | None]
    correlations: Callable[[], CorrelationSample | None]
    clauses: Callable[[Sample], ClauseSample | None]
    lost_days: Callable[[Sample], LostDaySample | None]


DEFERRED: Final = ("_parts", *Parts._fields)


class DeferredSample(Sample):
    """A sample that makes what it says of tasks, risks, limits and rare values when that is first read, each once.

    Notes
    -----
    Only the tables of tasks, risks and the summary need them: a run that is asked for a date or for a gate is spared
    them. ``dataclasses.replace`` gives a sample that has them all.
    """

    _parts: Parts

    @classmethod
    def of(cls, parts: Parts, **values: Any) -> "DeferredSample":
        """Return the sample of these fields and of what makes the others."""
        made = cls.__new__(cls)
        made.__dict__.update(values, _parts=parts)
        return made

    def completed(self, parts: Parts, levelling: LevellingSample | None) -> "DeferredSample":
        """Return the sample with the same measures, other parts, and what it would be without levelling."""
        measured = {name: value for name, value in self.__dict__.items() if name not in DEFERRED}
        return self.of(parts, **measured | {"levelling": levelling})

    def with_inputs(self, inputs: Inputs) -> "DeferredSample":
        """See ``Sample``: what was not made stays so, which ``dataclasses.replace`` would make."""
        other = type(self).__new__(type(self))
        other.__dict__.update(self.__dict__, inputs={**self.inputs, **inputs})
        return other

    @cached_property
    def tasks(self) -> TaskSample:
        """See ``Sample``."""
        return self._parts.tasks()

    @cached_property
    def risks(self) -> RiskSample:
        """See ``Sample``."""
        return self._parts.risks()

    @cached_property
    def limits(self) -> Limits | None:
        """See ``Sample``."""
        return self._parts.limits()

    @cached_property
    def rare_values(self) -> RareValueSample | None:
        """See ``Sample``."""
        return self._parts.rare_values()

    @cached_property
    def discrete(self) -> DiscreteSample | None:
        """See ``Sample``."""
        return self._parts.discrete()

    @cached_property
    def cost_periods(self) -> CostPeriodSample | None:
        """See ``Sample``."""
        return self._parts.cost_periods()

    @cached_property
    def resource_periods(self) -> ResourcePeriodSample | None:
        """See ``Sample``."""
        return self._parts.resource_periods()

    @cached_property
    def correlations(self) -> CorrelationSample | None:
        """See ``Sample``."""
        return self._parts.correlations()

    @cached_property
    def clauses(self) -> ClauseSample | None:
        """See ``Sample``."""
        return self._parts.clauses(self)

    @cached_property
    def lost_days(self) -> LostDaySample | None:
        """See ``Sample``."""
        return self._parts.lost_days(self)


def parts_of(stored: StoredTasks, risks: RiskSample, iterations: int) -> Parts:
    """Return what makes the parts of a sample.

    Parameters
    ----------
    stored : StoredTasks
    risks : RiskSample
        As they occurred, and paired where that was asked for.
    iterations : int
        Of the whole run.
    """
    plan = stored.plan

    def all_of_risks() -> RiskSample:
        changes = risk_changes(plan)
        return forced_risks(stored, replace(risks, finish_change=changes.finish, cost_change=changes.cost))

    return Parts(
        tasks=lambda: stored.sample,
        risks=all_of_risks,
        limits=lambda: limits(plan),
        rare_values=lambda: rare_value_sample(stored, risks.occurs, iterations),
        discrete=lambda: discrete_sample(stored, iterations),
        cost_periods=lambda: cost_period_sample(stored, risks.occurs, iterations),
        resource_periods=lambda: resource_period_sample(stored, risks.occurs, iterations),
        correlations=lambda: correlation_sample(plan, stored.request, stored.dimension, iterations),
        clauses=lambda sample: clause_sample(plan, sample.finish, sample.deterministic_finish),
        lost_days=lambda sample: lost_day_sample(plan, stored.request, sample.finish[0]),
    )
