"""Every estimate of a scenario as a row: what was written, what it comes to, where it came from."""

import json
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from riskengine.model import AnyEstimate, Backlog, Constant, CostLine, Scenario, Task, TaskCost
from riskengine.model.estimate.words import in_words, written_parameters
from riskengine.plan.inputs.impacts import FACTOR, MONEY, effects
from riskengine.plan.variables.distribution import mean_of

SIMULATED, OVER, REPLACED, OFF = "simulated", "over", "replaced", "off"
"""What becomes of an estimate in a run."""


OF_WORK: Final[Mapping[str, tuple[str, str, str]]] = MappingProxyType(
    {
        "effort": ("work", "work", "d"),
        "people": ("people", "people", "people"),
        "productivity": ("productivity", "productivity", FACTOR),
        "quantity": ("quantity", "amount", "amount"),
        "rate_per_day": ("rate_per_day", "rate per day", "amount"),
        "remaining_work": ("remaining_work", "remaining work", "d"),
        "remaining_quantity": ("remaining_quantity", "remaining amount", "amount"),
    }
)
"""By the attribute of a task: its key in files, what it is called, and its unit where it names none."""


OF_BACKLOG: Final[Mapping[str, str]] = MappingProxyType({"items": "items", "growth": FACTOR, "focus": FACTOR})
"""What is estimated of a backlog, and its unit."""


class Row(NamedTuple):
    """One estimate and what it is of."""

    id: str
    kind: str
    owner_id: str
    quantity: str
    target: str
    state: str
    estimate: AnyEstimate
    unit: str


def estimate_columns(scenario: Scenario) -> dict[str, Sequence[Any]]:
    """Return the columns of the estimates: the project's, those of tasks with their lags, of risks, of cost lines."""
    rows = [*project_rows(scenario), *task_rows(scenario), *risk_rows(scenario), *cost_line_rows(scenario)]
    estimates = [row.estimate for row in rows]
    parameters = [written_parameters(estimate) for estimate in estimates]
    return {
        "estimate": [row.id for row in rows],
        "kind": [row.kind for row in rows],
        "owner_id": [row.owner_id for row in rows],
        "quantity": [row.quantity for row in rows],
        "target": [row.target for row in rows],
        "state": [row.state for row in rows],
        "shape": [estimate.shape for estimate in estimates],
        "words": [in_words(row.estimate, scenario.currency if row.unit == MONEY else "") for row in rows],
        "low": [written.get("low") for written in parameters],
        "most_likely": [written.get("most_likely") for written in parameters],
        "high": [written.get("high") for written in parameters],
        "parameters": [json.dumps(written, sort_keys=True) for written in parameters],
        "plan_value": [estimate.plan_value() for estimate in estimates],
        "mean": [mean_of(estimate) for estimate in estimates],
        "unit": [row.unit for row in rows],
        "source": [estimate.source for estimate in estimates],
    }


def project_rows(scenario: Scenario) -> Iterator[Row]:
    """Yield the least duration of every task, where there is one."""
    least = scenario.minimum_duration
    if not _is_nothing(least):
        about = {"kind": "project", "owner_id": "project", "quantity": "minimum duration", "target": ""}
        yield Row("minimum_duration", **about, state=SIMULATED, estimate=least, unit=least.unit or "d")


def task_rows(scenario: Scenario) -> Iterator[Row]:
    """Yield durations, lags and costs of the tasks."""
    for name, task in sorted(scenario.tasks.items()):
        state = OVER if task.is_finished else SIMULATED
        yield from work_rows(task, state)
        for place, relationship in enumerate(task.after):
            lag = relationship.lag
            if not _is_nothing(lag):
                yield Row(
                    f"tasks.{name}.after[{place}].lag",
                    kind="relationship",
                    owner_id=name,
                    quantity="lag",
                    target=relationship.task,
                    state=state,
                    estimate=lag,
                    unit=lag.unit or "d",
                )
        yield from cost_rows(f"tasks.{name}.cost", "task", name, state, task.cost)


def work_rows(task: Task, state: str) -> Iterator[Row]:
    """Yield the duration of a task that has one of its own, or its work and what divides it, and what remains of it."""
    about = {"kind": "task", "owner_id": task.id, "target": ""}
    if isinstance(task, Backlog):
        for quantity, unit in OF_BACKLOG.items():
            id, estimate = f"backlogs.{task.id}.{quantity}", getattr(task, quantity)
            yield Row(id, **about, quantity=quantity, state=state, estimate=estimate, unit=unit)
        return
    if task.paces or task.effort is not None:
        for attribute, (key, quantity, unit) in OF_WORK.items():
            estimate = getattr(task, attribute)
            if estimate is not None:
                is_replaced = attribute in ("effort", "quantity") and task.remaining is not None
                became = REPLACED if is_replaced and not task.is_finished else state
                id, unit = f"tasks.{task.id}.{key}", estimate.unit or unit
                yield Row(id, **about, quantity=quantity, state=became, estimate=estimate, unit=unit)
        return
    whole, remaining = task.duration, task.remaining
    if not task.is_milestone and not task.is_span and not (_is_nothing(whole) and task.is_started):
        became = REPLACED if remaining is not None and not task.is_finished else state
        id, unit = f"tasks.{task.id}.duration", whole.unit or "d"
        yield Row(id, **about, quantity="duration", state=became, estimate=whole, unit=unit)
    if remaining is not None:
        id, unit = f"tasks.{task.id}.remaining", remaining.unit or "d"
        yield Row(id, **about, quantity="remaining", state=state, estimate=remaining, unit=unit)


def risk_rows(scenario: Scenario) -> Iterator[Row]:
    """Yield the effects of the risks as they are written."""
    for effect in effects(scenario):
        risk = effect.risk
        yield Row(
            effect.id,
            kind="risk",
            owner_id=risk.id,
            quantity=effect.kind,
            target=effect.selector,
            state=SIMULATED if risk.active and risk.probability > 0 else OFF,
            estimate=effect.estimate,
            unit=effect.unit,
        )


def cost_line_rows(scenario: Scenario) -> Iterator[Row]:
    """Yield the amounts of the cost lines."""
    for name, line in sorted(scenario.costs.items()):
        yield from cost_rows(f"costs.{name}", "cost line", name, SIMULATED, line)


def cost_rows(place: str, kind: str, owner_id: str, state: str, cost: TaskCost | CostLine) -> Iterator[Row]:
    """Yield the amounts of a task or a cost line."""
    about = {"kind": kind, "owner_id": owner_id, "target": "", "state": state, "unit": MONEY}
    if cost.fixed is not None:
        yield Row(f"{place}.fixed", **about, quantity="fixed cost", estimate=cost.fixed)
    if cost.rate is not None:
        yield Row(f"{place}.rate", **about, quantity="cost rate", estimate=cost.rate)


def _is_nothing(estimate: AnyEstimate) -> bool:
    return isinstance(estimate, Constant) and estimate.value == 0
