"""Factors on costs: which risk makes the cost of which task or cost line relatively dearer or cheaper."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from riskengine.kernel.contract.arrays import FACTOR
from riskengine.model import Risk
from riskengine.model.selector import ImpactTargets
from riskengine.plan.impact import FactorUse, is_shared, stream_name
from riskengine.plan.network.structure import Structure
from riskengine.plan.variables.draws import DrawBook
from riskengine.plan.variables.variable import VariableBook
from riskengine.plan.waiting_risks import WaitingRisks

TASK: Final = "task/"


@dataclass(frozen=True)
class CostFactors:
    """What multiplies costs.

    Attributes
    ----------
    row : mapping of task/ID or cost/ID to int
        Rows of ``Risks.factor_offset``, behind those of the tasks.
    uses : sequence of FactorUse
        Their ``target`` is such a row.
    """

    row: Mapping[str, int]
    uses: tuple[FactorUse, ...]


def compile_cost_factors(
    waiting: WaitingRisks,
    groups: Mapping[str, int],
    factor_variable: list[int],
    effect_row: dict[tuple[str, str, str], list[int]],
    book: VariableBook,
    draws: DrawBook,
) -> CostFactors:
    """Lay out the factors on costs.

    Parameters
    ----------
    waiting : WaitingRisks
        Of the plan.
    groups : mapping of parallel group to number
    factor_variable : list of int
        Variables by row of the factor; added to, as are ``effect_row`` (see ``RiskPlan``), ``book`` and ``draws``.

    Notes
    -----
    Drawn with the risks, those of a risk that waits for a date with what it acts on first: once for all costs of an
    entry where the risk's factors share a draw, else once for each.
    """
    row: dict[str, int] = {}
    uses: list[FactorUse] = []
    structure = waiting.structure
    targets = ImpactTargets(structure.scenario)
    for number, risk in enumerate(structure.scenario.risks.values()):
        for target, cost, is_first in _hits(risk, targets, waiting):
            estimate = risk.impacts[target].cost_factor
            assert estimate is not None
            if is_first or not is_shared(risk, "cost_factor"):
                name = cost.removeprefix(TASK)
                owner = target if is_shared(risk, "cost_factor") else name
                stream = stream_name(risk, name, "cost_factor")
                label = f"risk/{risk.id}/impact/{owner}/cost_factor"
                variable = book.add(stream, estimate, 1.0, False, label)
                costs = acting_on(risk, target, targets, waiting) if is_shared(risk, "cost_factor") else [cost]
                stage = waiting.stage(risk, [_row_of(one, structure) for one in costs])
                draws.add(stage, variable, FACTOR, len(factor_variable), number)
                effect_row.setdefault((risk.id, target, "cost_factor"), []).append(variable)
                factor_variable.append(variable)
            at = row.setdefault(cost, draws.task_count + len(row))
            uses.append(FactorUse(at, len(factor_variable) - 1, groups.get(risk.parallel, -1)))
    return CostFactors(row, tuple(uses))


def _hits(risk: Risk, targets: ImpactTargets, waiting: WaitingRisks) -> Iterator[tuple[str, str, bool]]:
    """Yield each entry with a factor on costs, each cost that it acts on, and whether it is the entry's first."""
    for target in sorted(risk.impacts):
        if risk.impacts[target].cost_factor is not None:
            for place, cost in enumerate(acting_on(risk, target, targets, waiting)):
                yield target, cost, place == 0


def acting_on(risk: Risk, target: str, targets: ImpactTargets, waiting: WaitingRisks) -> list[str]:
    """Return the costs that an entry of a risk acts on, as task/ID and cost/ID."""
    return [
        cost
        for cost in targets.costs(target)
        if not cost.startswith(TASK) or waiting.acts_on(risk, cost.removeprefix(TASK))
    ]


def _row_of(cost: str, structure: Structure) -> int:
    """Return the kernel row of the task that a cost is one of, or the number of tasks for a cost line."""
    name = cost.removeprefix(TASK)
    return structure.row[name] if cost.startswith(TASK) else len(structure.row)
