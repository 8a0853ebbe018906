"""Risks as arrays: which draws they need, and what they do to which task."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from riskengine.kernel.arrays import DELAY, ELAPSED_DELAY, FACTOR, NEVER, OCCURS, RISK_MONEY, Risks
from riskengine.model import Scenario
from riskengine.model.calendar import ELAPSED_UNITS
from riskengine.model.selector import PROJECT, ImpactTargets
from riskengine.plan.calendars import CalendarBook
from riskengine.plan.cost_factor import compile_cost_factors
from riskengine.plan.draws import RISKS, DrawBook
from riskengine.plan.impact import FactorUse, is_shared, stream_name
from riskengine.plan.variable import VariableBook


@dataclass(frozen=True)
class Hit:
    """One delay by a risk: ``target`` is the kernel row of the task, or the number of tasks for the project."""

    target: int
    variable: int
    is_elapsed: bool


@dataclass(frozen=True)
class RiskPlan:
    """The arrays of the core, and what bounds a project's length.

    Attributes
    ----------
    factor_variable : sequence of int
        By row of the factor.
    factor_uses : sequence of FactorUse
        On durations.
    cost_row : mapping of task/ID or cost/ID to int
        Rows of ``Risks.factor_offset`` that multiply a cost.
    """

    arrays: Risks
    factor_variable: tuple[int, ...]
    factor_uses: tuple[FactorUse, ...]
    delays: tuple[Hit, ...]
    cost_row: Mapping[str, int]


def probability_threshold(probability: float, is_active: bool) -> int:
    """Return the least 32-bit draw at which a risk occurs: 0 is always, 2**32 never."""
    return round((1.0 - probability) * NEVER) if is_active else NEVER


def compile_risks(
    scenario: Scenario,
    row: Mapping[str, int],
    calendar: Mapping[str, int],
    book: VariableBook,
    draws: DrawBook,
    calendars: CalendarBook,
) -> RiskPlan:
    """Lay out the risks of a scenario.

    Parameters
    ----------
    row, calendar : mapping of task id to kernel row and to calendar number
    book, draws, calendars
        Added to.

    Notes
    -----
    A factor shared by the tasks of one entry is drawn once, with the risks; everything else with its task.
    """
    factor_variable: list[int] = []
    uses: list[FactorUse] = []
    delays: list[Hit] = []
    groups = {group: k for k, group in enumerate(sorted({r.parallel for r in scenario.risks.values()} - {""}))}
    project = len(row)
    targets = ImpactTargets(scenario)
    for number, name in enumerate(scenario.risks):
        draws.add(RISKS, book.add_event(f"risk/{name}/occurs"), OCCURS, number)
    for number, (name, risk) in enumerate(scenario.risks.items()):
        for target in sorted(risk.impacts):
            impact = risk.impacts[target]
            shared = -1
            for task in (PROJECT,) if target == PROJECT else sorted(targets.unfinished(target)):
                at = project if task == PROJECT else row[task]
                keeps = calendars.project() if task == PROJECT else calendar[task]
                label = f"risk/{name}/impact/{task}"
                # a span has no duration of its own to act on, but it may cost
                is_span = task != PROJECT and scenario.tasks[task].is_span
                if impact.delay is not None and not is_span:
                    scale = calendars.scale(impact.delay, keeps)
                    is_elapsed = impact.delay.unit in ELAPSED_UNITS
                    stream = stream_name(risk, task, "delay")
                    variable = book.add(stream, impact.delay, scale, True, f"{label}/delay")
                    draws.add(1 + at, variable, ELAPSED_DELAY if is_elapsed else DELAY, 0, number)
                    delays.append(Hit(at, variable, is_elapsed))
                if impact.cost is not None:
                    stream = stream_name(risk, task, "cost")
                    variable = book.add(stream, impact.cost, 1.0, False, f"{label}/cost")
                    draws.add(1 + at, variable, RISK_MONEY, 0, number)
                if impact.factor is not None and not is_span:
                    if shared < 0 or not is_shared(risk, "factor"):
                        shared = len(factor_variable)
                        owner = target if is_shared(risk, "factor") else task
                        stream = stream_name(risk, task, "factor")
                        variable = book.add(stream, impact.factor, 1.0, False, f"risk/{name}/impact/{owner}/factor")
                        factor_variable.append(variable)
                        draws.add(RISKS, variable, FACTOR, shared, number)
                    uses.append(FactorUse(at, shared, groups.get(risk.parallel, -1)))
    on_costs = compile_cost_factors(scenario, groups, factor_variable, book, draws)
    every = sorted([*uses, *on_costs.uses], key=lambda use: (use.target, use.group, use.factor))
    arrays = Risks(
        threshold=np.array(
            [probability_threshold(r.probability, r.active) for r in scenario.risks.values()], np.uint64
        ),
        factor_offset=np.concatenate(
            ([0], np.cumsum(np.bincount([use.target for use in every], minlength=project)))
        ).astype(np.int32),
        factor=np.array([use.factor for use in every], np.int32),
        group=np.array([use.group for use in every], np.int32),
    )
    return RiskPlan(arrays, tuple(factor_variable), tuple(uses), tuple(delays), on_costs.row)
