"""What a plan draws that can vary, each stream once, with what it is of."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

import numpy as np

from riskengine.kernel.contract.arrays import (
    BACKLOG,
    CONSTANT,
    DELAY,
    DURATION,
    ELAPSED_DELAY,
    FACTOR,
    ITEMS,
    LAG,
    MONEY,
    NEVER,
    OCCURS,
    RATE,
    RISK_MONEY,
)
from riskengine.kernel.contract.existence import group_count
from riskengine.plan import Plan
from riskengine.plan.consequences import dependent_rows, waiting_rows
from riskengine.results.samples.driver_sample import DriverInput

LAG_KIND, DELAY_KIND, RISK_KIND, EXISTENCE_KIND, INDEX_KIND = "lag", "delay", "risk", "existence", "price index"
KINDS: Final[Mapping[int, str]] = MappingProxyType(
    {
        DURATION: "duration",
        FACTOR: "factor",
        DELAY: DELAY_KIND,
        ELAPSED_DELAY: DELAY_KIND,
        MONEY: "cost",
        RATE: "cost",
        RISK_MONEY: "cost",
        ITEMS: "duration",
    }
)
"""What kind of input a draw is, by its role; lags apart."""


@dataclass(frozen=True)
class ListedInput:
    """An input, and where its column comes from.

    Parameters
    ----------
    about : DriverInput
    variables : tuple of int
        Rows of the variables of its stream; none of a chance.
    risk : int
        Row of the risk that occurs or does not, else -1.
    group : int
        Group of tasks that exist or do not, else -1.
    """

    about: DriverInput
    variables: tuple[int, ...] = ()
    risk: int = -1
    group: int = -1


def listed_inputs(plan: Plan) -> list[ListedInput]:
    """Return the inputs of a plan: estimates in the order of its draws, then risks, tasks that may not exist, indices.

    Notes
    -----
    The periods of a backlog are one input, its throughput: how long the items of the plan take by them. What cannot
    vary is left out, and what no iteration can feel: an estimate with one value, the effects of a risk that
    is switched off, a risk that is certain.
    """
    return [*_merged(plan, _estimates(plan)), *_risks(plan), *_existence(plan), *_indices(plan)]


def _estimates(plan: Plan) -> Iterator[ListedInput]:
    """Yield every variable that is drawn for durations, lags, factors and money."""
    draws, variables, estimates = plan.draws, plan.variables, plan.estimates
    stage = np.repeat(np.arange(draws.offset.size - 1), np.diff(draws.offset))
    related = set() if plan.correlation is None else set(plan.correlation.variables)
    is_off = plan.risks.threshold >= NEVER
    for at, variable in enumerate(draws.variable.tolist()):
        role, risk = int(draws.role[at]), int(draws.risk[at])
        if role == OCCURS or variables.kind[variable] == CONSTANT or (risk >= 0 and is_off[risk]):
            continue
        name, task_row = estimates.label[variable], int(stage[at]) - 1
        if variables.kind[variable] == BACKLOG:
            name = name.replace("/duration", "/throughput")
        about = DriverInput(
            id=name,
            kind=_kind(role, risk),
            quantity=name.rpartition("/")[2],
            risk=plan.risk[risk] if risk >= 0 else "",
            task=plan.task[task_row] if 0 <= task_row < len(plan.task) else "",
            is_correlated=variable in related,
            is_chance=False,
        )
        yield ListedInput(about, (variable,))


def _kind(role: int, risk: int) -> str:
    """Return what kind of input a draw is."""
    if role == LAG:
        return DELAY_KIND if risk >= 0 else LAG_KIND
    return KINDS[role]


def _merged(plan: Plan, listed: Iterator[ListedInput]) -> list[ListedInput]:
    """Return inputs with those of one stream made one, which bears the name of the first of them."""
    merged: dict[str, ListedInput] = {}
    for each in listed:
        stream = plan.estimates.stream[each.variables[0]]
        first = merged.setdefault(stream, each)
        if each.variables[0] not in first.variables:
            merged[stream] = replace(first, variables=first.variables + each.variables)
    return list(merged.values())


def _risks(plan: Plan) -> Iterator[ListedInput]:
    """Yield the risks that may occur, and may not."""
    dependent, waiting, chains = dependent_rows(plan), waiting_rows(plan), plan.risks.chains
    has_triggers = np.diff(chains.offset) > 0
    for row, name in enumerate(plan.risk):
        is_alone = not has_triggers[row] and chains.group[row] < 0 and row not in waiting
        is_certain = plan.risks.threshold[row] == 0 and is_alone
        if plan.risks.threshold[row] >= NEVER or is_certain:
            continue
        about = DriverInput(
            id=f"risk/{name}/occurs",
            kind=RISK_KIND,
            quantity="occurs",
            risk=name,
            task="",
            is_correlated=row in dependent,
            is_chance=True,
        )
        yield ListedInput(about, risk=row)


def _existence(plan: Plan) -> Iterator[ListedInput]:
    """Yield the groups of tasks that may not exist."""
    if plan.existence is None:
        return
    arrays = plan.existence.arrays
    decided_late = {*arrays.finishes.group.tolist(), *arrays.occurrences.group.tolist()}
    for group in range(group_count(arrays)):
        first = min(plan.task[row] for row in np.flatnonzero(arrays.task_group == group).tolist())
        streams = set(arrays.variable[arrays.group == group].tolist())
        others = set(arrays.variable[arrays.group != group].tolist())
        about = DriverInput(
            id=f"task/{first}/exists",
            kind=EXISTENCE_KIND,
            quantity="exists",
            risk="",
            task=first,
            is_correlated=group in decided_late or bool(streams & others),
            is_chance=True,
        )
        yield ListedInput(about, group=group)


def _indices(plan: Plan) -> Iterator[ListedInput]:
    """Yield the indices of prices whose growth is drawn."""
    for used in () if plan.escalation is None else plan.escalation.indices:
        if used.growth >= 0 and plan.variables.kind[used.growth] != CONSTANT:
            name = plan.estimates.label[used.growth]
            about = DriverInput(
                id=name, kind=INDEX_KIND, quantity="growth", risk="", task="", is_correlated=False, is_chance=False
            )
            yield ListedInput(about, (used.growth,))
