"""Risks and paces as arrays: which draws they need, and what they do to which task."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from riskengine.kernel.contract.arrays import DELAY, ELAPSED_DELAY, FACTOR, ITEMS, NEVER, OCCURS, RISK_MONEY, Risks
from riskengine.kernel.contract.backlogs import MORE
from riskengine.kernel.contract.chains import Chains
from riskengine.model import AnyEstimate, Backlog, Risk, Scenario
from riskengine.model.calendar import ELAPSED_UNITS
from riskengine.model.chain import Occurrence, causes_first, chances, occurrences, set_of_risks
from riskengine.model.risk_condition import date_conditions
from riskengine.model.selector import PROJECT, ImpactTargets
from riskengine.plan.cost_factor import compile_cost_factors
from riskengine.plan.impact import FactorUse, is_shared, stream_name
from riskengine.plan.network.relationships import Relationships
from riskengine.plan.network.structure import Structure
from riskengine.plan.variables.draws import RISKS, DrawBook
from riskengine.plan.variables.variable import VariableBook
from riskengine.plan.waiting_risks import WaitingRisks
from riskengine.plan.waits import Wait, WaitBook

Effect = tuple[str, str, str]
"""A risk, what it acts on as its impact's key has it, and the kind of impact: delay, factor, cost or cost_factor."""


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
    effect_row : mapping of (risk, target, kind of impact) to sequence of int
        Variables of each impact.
    waits : sequence of Wait
        Delays of relationships.
    """

    arrays: Risks
    factor_variable: tuple[int, ...]
    factor_uses: tuple[FactorUse, ...]
    delays: tuple[Hit, ...]
    cost_row: Mapping[str, int]
    effect_row: Mapping[Effect, Sequence[int]]
    waits: tuple[Wait, ...]


def compile_risks(
    structure: Structure,
    relationships: Relationships,
    book: VariableBook,
    draws: DrawBook,
) -> RiskPlan:
    """Lay out the risks of a scenario.

    Parameters
    ----------
    structure : Structure
    relationships : Relationships
        Which a risk may delay.
    book, draws
        Added to.

    Notes
    -----
    A factor shared by the tasks of one entry is drawn once, with the risks; everything else with its task. What a pace
    makes of a duration is a factor that always acts.
    """
    scenario = structure.scenario
    effects = Effects(structure, book, draws)
    for row, task in enumerate(structure.tasks):
        for key, pace in task.uncertain_paces.items():
            effects.pace(row, book.add_pace(f"task/{task.id}/{key}", pace))
    add_occurrences(scenario, book, draws)
    wait_book, waits = WaitBook(structure, relationships, book, draws), []
    for number, risk in enumerate(scenario.risks.values()):
        for target in sorted(risk.impacts):
            relationship = effects.targets.relationship(target)
            if relationship is None:
                effects.add(number, risk, target)
            elif effects.waiting.acts_on(risk, relationship.successor):
                waits.append(wait_book.add(number, risk, relationship))
    on_costs = compile_cost_factors(
        effects.waiting, effects.group, effects.factor_variable, effects.row, book=book, draws=draws
    )
    every = sorted([*effects.uses, *on_costs.uses], key=lambda use: (use.target, use.group, use.factor))
    arrays = Risks(
        threshold=thresholds(scenario),
        factor_offset=np.concatenate(
            ([0], np.cumsum(np.bincount([use.target for use in every], minlength=len(structure.row))))
        ).astype(np.int32),
        factor=np.array([use.factor for use in every], np.int32),
        group=np.array([use.group for use in every], np.int32),
        chains=chains(scenario),
    )
    return RiskPlan(
        arrays=arrays,
        factor_variable=tuple(effects.factor_variable),
        factor_uses=tuple(effects.uses),
        delays=tuple(effects.delays),
        cost_row=on_costs.row,
        effect_row=effects.row,
        waits=tuple(wait for wait in waits if wait is not None),
    )


MOST_OF_A_DATE: Final = 1.0 - 2.0**-32
"""Chance of a risk that waits for a date, and is certain once that has passed."""


class Effects:
    """What risks do, under way: their impacts become variables; the parameters are those of ``compile_risks``.

    Attributes
    ----------
    row : dict of (risk, target, kind of impact) to list of int
        Variables of each impact: one for each task, or for all of them.
    """

    def __init__(
        self,
        structure: Structure,
        book: VariableBook,
        draws: DrawBook,
    ) -> None:
        self.structure, self.scenario, self.book, self.draws = structure, structure.scenario, book, draws
        groups = {risk.parallel for risk in self.scenario.risks.values()} - {""}
        self.group = {group: number for number, group in enumerate(sorted(groups))}
        self.factor_variable: list[int] = []
        self.uses: list[FactorUse] = []
        self.delays: list[Hit] = []
        self.row: dict[Effect, list[int]] = {}
        self.targets = ImpactTargets(structure.scenario)
        self.waiting = WaitingRisks(structure)

    def add(self, number: int, risk: Risk, target: str) -> None:
        """Add one impact of a risk: delays, costs and factors of all tasks that it stands for, or of the project."""
        impact = risk.impacts[target]
        shared = -1
        unfinished = () if target == PROJECT else sorted(self.targets.unfinished(target))
        tasks = [PROJECT] if target == PROJECT else [one for one in unfinished if self.waiting.acts_on(risk, one)]
        for task in tasks:
            # a span has no duration of its own to act on, but it may cost
            is_moved = self.targets.is_moved(task)
            if impact.delay is not None and is_moved:
                self.delay(number, risk, target, task, impact.delay)
            if impact.cost is not None:
                label = f"risk/{risk.id}/impact/{task}/cost"
                variable = self.book.add(stream_name(risk, task, "cost"), impact.cost, 1.0, False, label)
                self.note(risk, target, "cost", variable)
                self.draws.add(1 + self.at(task), variable, RISK_MONEY, 0, number)
            if impact.items is not None:
                self.items(number, risk, target, task, impact.items)
            if impact.factor is not None and is_moved:
                if shared < 0 or not is_shared(risk, "factor"):
                    shared = len(self.factor_variable)
                    rows = [self.at(one) for one in tasks] if is_shared(risk, "factor") else [self.at(task)]
                    self.factor(number, risk, target, task, impact.factor, stage=self.waiting.stage(risk, rows))
                self.uses.append(FactorUse(self.at(task), shared, self.group.get(risk.parallel, -1)))

    def delay(self, number: int, risk: Risk, target: str, task: str, estimate: AnyEstimate) -> None:
        """Add the delay of one task, or of the project."""
        label = f"risk/{risk.id}/impact/{task}/delay"
        scale = delay_scale(estimate, task, self.structure)
        variable = self.book.add(stream_name(risk, task, "delay"), estimate, scale, True, label)
        is_elapsed = estimate.unit in ELAPSED_UNITS
        self.note(risk, target, "delay", variable)
        self.draws.add(1 + self.at(task), variable, ELAPSED_DELAY if is_elapsed else DELAY, 0, number)
        self.delays.append(Hit(self.at(task), variable, is_elapsed))

    def items(self, number: int, risk: Risk, target: str, task: str, estimate: AnyEstimate) -> None:
        """Add items to a task that is a backlog; to any other they mean nothing."""
        if task != PROJECT and isinstance(self.scenario.tasks[task], Backlog):
            label = f"risk/{risk.id}/impact/{task}/items"
            variable = self.book.add(stream_name(risk, task, "items"), estimate, 1.0, False, label)
            self.note(risk, target, "items", variable)
            self.draws.add(1 + self.at(task), variable, ITEMS, MORE, number)

    def factor(
        self, number: int, risk: Risk, target: str, task: str, estimate: AnyEstimate, stage: int = RISKS
    ) -> None:
        """Add a factor, of one task or shared by all of the impact, which is drawn at a stage."""
        label = f"risk/{risk.id}/impact/{target if is_shared(risk, 'factor') else task}/factor"
        variable = self.book.add(stream_name(risk, task, "factor"), estimate, 1.0, False, label)
        self.note(risk, target, "factor", variable)
        self.draws.add(stage, variable, FACTOR, len(self.factor_variable), number)
        self.factor_variable.append(variable)

    def pace(self, row: int, variable: int) -> None:
        """Add what a pace makes of the duration of a task, which is drawn in every iteration, risks or not."""
        self.draws.add(1 + row, variable, FACTOR, len(self.factor_variable))
        self.uses.append(FactorUse(row, len(self.factor_variable), -1))
        self.factor_variable.append(variable)

    def note(self, risk: Risk, target: str, kind: str, variable: int) -> None:
        """Remember which impact a variable belongs to."""
        self.row.setdefault((risk.id, target, kind), []).append(variable)

    def at(self, task: str) -> int:
        """Return the kernel row of a task, or the number of tasks for the project."""
        row = self.structure.row
        return len(row) if task == PROJECT else row[task]


def delay_scale(estimate: AnyEstimate, task: str, structure: Structure) -> float:
    """Return the ticks in one unit of a delay of a task, or of the project."""
    calendars = structure.calendars
    return calendars.scale(estimate, calendars.project() if task == PROJECT else structure.calendar[task])


def add_occurrences(scenario: Scenario, book: VariableBook, draws: DrawBook) -> None:
    """Add the draws that decide which risks occur, causes first: an event for each stream, in the order of the risks.

    The parameters are those of ``compile_risks``.
    """
    variable_of_stream: dict[str, int] = {}
    number = {name: at for at, name in enumerate(scenario.risks)}
    when = occurrences(scenario)
    for occurrence in when.values():
        if occurrence.stream not in variable_of_stream:
            variable_of_stream[occurrence.stream] = book.add_event(occurrence.stream)
    for name in causes_first(scenario.risks):
        draws.add(RISKS, variable_of_stream[when[name].stream], OCCURS, number[name])


def thresholds(scenario: Scenario) -> NDArray[np.uint64]:
    """Return the least draw at which each risk occurs, as in ``Risks.threshold``: 0 is always, 2**32 never."""
    least = [each.least if risk.active else 1.0 for each, risk in _spans(scenario)]
    return np.array([round(share * NEVER) for share in least], np.uint64)


def chains(scenario: Scenario) -> Chains:
    """Return which risks depend on others."""
    number = {name: at for at, name in enumerate(scenario.risks)}
    triggers = [risk.triggered_by for risk in scenario.risks.values()]
    sets = {key: at for at, key in enumerate(scenario.exclusive)}
    set_of = set_of_risks(scenario.exclusive)
    return Chains(
        most=np.array([round(each.most * NEVER) for each, _ in _spans(scenario)], np.uint64),
        offset=np.concatenate(([0], np.cumsum([len(each) for each in triggers]))).astype(np.int32),
        trigger=np.array([number[name] for each in triggers for name in each], np.int32),
        group=np.array([sets[set_of[name]] if name in set_of else -1 for name in number], np.int32),
    )


def _spans(scenario: Scenario) -> list[tuple[Occurrence, Risk]]:
    """Return the span of its draw in which each risk occurs, beside the risk."""
    when = occurrences(scenario)
    return [(when[name], risk) for name, risk in scenario.risks.items()]


def probabilities(scenario: Scenario) -> NDArray[np.float64]:
    """Return the share of all futures in which each risk occurs, (risk,) float64; zero for one that is switched off.

    Notes
    -----
    Of one that waits for a date it is the most that it may be, and never 1: how often it is late, nobody knows before.
    """
    chance, waiting = chances(scenario), date_conditions(scenario)
    most = {name: MOST_OF_A_DATE if name in waiting else 1.0 for name in chance}
    return np.array([min(chance[name], most[name]) for name in chance], np.float64)
