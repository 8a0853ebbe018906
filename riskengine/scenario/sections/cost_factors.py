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
    for name, risk in risks.items():
        for key, impact in risk.impacts.items():
            if impact.cost_factor is None or risk.kind == "driver":
                continue
            article = "a threat" if risk.kind == "threat" else "an opportunity"
            place = ("risks", name, "impacts", key, "cost_factor")
            for target in selection.costs(key, place, faults):
                if any(amount.support()[0] < 0 for amount in amounts_of(target, tasks, cost_lines)):
                    rule = f"{article} must not have a cost_factor on money that may be negative, as that of {target}"
                    faults.add("RE304", place, rule=rule, cure='use kind = "driver"')
                    break


def amounts_of(target: str, tasks: Mapping[str, Task], cost_lines: Mapping[str, CostLine]) -> Iterator[AnyEstimate]:
    """Yield fixed cost and rate of a task, or of a cost line named behind ``cost:``, as far as there are any."""
    if target in tasks:
        amounts = (tasks[target].cost.fixed, tasks[target].cost.rate)
    else:
        line = cost_lines[target.removeprefix(COST_LINE)]
        amounts = (line.fixed, line.rate)
    yield from (amount for amount in amounts if amount is not None)
