"""Factors on costs, looked at once both risks and costs have been read."""

from collections.abc import Iterator, Mapping

from riskengine.model import AnyEstimate, CostLine, Risk, Task
from riskengine.model.selector import COST_LINE
from riskengine.scenario.sections.selectors import Selection
from riskengine.scenario.text.faults import Faults


def refuse_factors_on_income(
    risks: Mapping[str, Risk],
    tasks: Mapping[str, Task],
    cost_lines: Mapping[str, CostLine],
    selection: Selection,
    faults: Faults,
) -> None:
    """Report threats and opportunities with a factor on money that may be negative, which would turn their sign."""
    first_negative: dict[str, str] = {}
    for name, risk in risks.items():
        for key, impact in risk.impacts.items():
            if impact.cost_factor is None or risk.kind == "driver":
                continue
            article = "a threat" if risk.kind == "threat" else "an opportunity"
            place = ("risks", name, "impacts", key, "cost_factor")
            if key not in first_negative:  # once for a key: thousands of risks may act on thousands of tasks each
                targets = selection.costs(key, place, faults)
                first_negative[key] = next((each for each in targets if may_be_income(each, tasks, cost_lines)), "")
            if first_negative[key]:
                whose = first_negative[key]
                rule = f"{article} must not have a cost_factor on money that may be negative, as that of {whose}"
                faults.add("RE304", place, rule=rule, cure='use kind = "driver"')


def may_be_income(target: str, tasks: Mapping[str, Task], cost_lines: Mapping[str, CostLine]) -> bool:
    """Return whether an amount of a task, or of a cost line named behind ``cost:``, may be negative."""
    return any(amount.support()[0] < 0 for amount in amounts_of(target, tasks, cost_lines))


def amounts_of(target: str, tasks: Mapping[str, Task], cost_lines: Mapping[str, CostLine]) -> Iterator[AnyEstimate]:
    """Yield fixed cost and rate of a task, or of a cost line named behind ``cost:``, as far as there are any."""
    if target in tasks:
        amounts = (tasks[target].cost.fixed, tasks[target].cost.rate)
    else:
        line = cost_lines[target.removeprefix(COST_LINE)]
        amounts = (line.fixed, line.rate)
    yield from (amount for amount in amounts if amount is not None)
