"""Hints at numbers of a size that is seldom meant: percentages as factors, hours as days, thousands beside units."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from riskengine.model import AnyEstimate, CostLine, Scenario, TaskCost

LARGE_FACTOR = 5.0
SMALL_FACTOR = 0.2

LONG_RATIO, LONG_GAP = 20.0, 5.0
"""A duration stands out that is so many times the median of the others, and so many times the next shorter."""

SHORT_RATIO, SHORT_GAP = 100.0, 20.0
"""The same of a duration below the others, of which plans hold more: an hour among weeks is nothing odd."""

MONEY_RATIO, MONEY_GAP = 300.0, 100.0
"""The same of amounts of money: a factor of 1000 between two units, less their own spread."""

FEW_LENGTHS, FEW_AMOUNTS = 3, 2
"""Numbers that it takes before any can stand out."""

APART = 1000.0
"""Ratio of the median of one kind of money to that of another beyond which their units are worth a look."""

MOST_NAMED = 3


def magnitude_hints(scenario: "Scenario") -> Iterator[str]:
    """Yield a sentence for each kind of number that looks out of scale, its code first."""
    yield from _factor_hints(scenario)
    lengths = {
        f"tasks.{name}": scenario.work_days(task)
        for name, task in scenario.tasks.items()
        if not (task.is_milestone or task.is_span or task.is_finished)
    }
    lower, upper = split(lengths, FEW_LENGTHS, LONG_RATIO, LONG_GAP)
    if upper and len(upper) <= len(lower):
        often = f"{median(lengths[name] for name in lower):.3g} d"
        yield f"RE592 far longer than the other durations (median {often}), so check the units: {_some(upper, lengths)}"
    lower, upper = split(lengths, FEW_LENGTHS, SHORT_RATIO, SHORT_GAP)
    if len(lower) < len(upper):
        often = f"{median(lengths[name] for name in upper):.3g} d"
        yield f"RE592 far shorter than the others (median {often}), so check the units: {_some(lower, lengths)}"
    money = _money(scenario)
    for what, amounts in money.items():
        lower, upper = split(amounts, FEW_AMOUNTS, MONEY_RATIO, MONEY_GAP)
        if upper:
            odd, others = (upper, lower) if len(upper) <= len(lower) else (lower, upper)
            often = f"{median(amounts[name] for name in others):,.10g}"
            yield f"RE593 {what} of mixed size: {_some(odd, amounts)}, where the median of the others is {often}"
    fixed, impacts = (
        [amount for amount in money[what].values() if amount > 0] for what in ("fixed costs", "costs of risks")
    )
    if fixed and impacts and not 1 / APART < median(impacts) / median(fixed) < APART:
        yield (
            f"RE593 costs of risks (median {median(impacts):,.10g}) and fixed costs (median {median(fixed):,.10g}) "
            "are of another size"
        )
    for name, amount in _budgets(scenario).items():
        yield f"RE593 the cost that gates.{name} allows and what the plan costs differ by a factor of {amount:,.3g}"
    idle = [f"risks.{name}.impacts.{key}" for name, key in _factors_on_nothing(scenario)]
    if idle:
        yield f"RE594 a cost_factor multiplies costs, and there are none here: {_some(idle)}"


def size(estimate: "AnyEstimate | None") -> float:
    """Return the plan value of an estimate, or 0 where there is none."""
    return 0.0 if estimate is None else estimate.plan_value()


def split(sizes: Mapping[str, float], fewest: int, ratio: float, gap: float) -> tuple[list[str], list[str]]:
    """Return the names of the smaller and of the larger numbers where they fall into two groups far apart.

    Parameters
    ----------
    sizes : mapping of name to float
        Of which those above zero count.
    fewest : int
        Numbers that it takes.
    ratio : float
        Least ratio of the medians of the two groups.
    gap : float
        Least ratio of the smallest of the larger to the largest of the smaller.

    Returns
    -------
    tuple of two lists
        Empty where there are no two such groups.
    """
    names = sorted((name for name, number in sizes.items() if number > 0), key=lambda name: (sizes[name], name))
    if len(names) < fewest:
        return [], []
    steps = [sizes[after] / sizes[before] for before, after in pairwise(names)]
    at = 1 + max(range(len(steps)), key=steps.__getitem__)
    lower, upper = names[:at], names[at:]
    is_apart = median(sizes[name] for name in upper) >= ratio * median(sizes[name] for name in lower)
    return (lower, upper) if steps[at - 1] >= gap and is_apart else ([], [])


def _factor_hints(scenario: "Scenario") -> Iterator[str]:
    largest = {name: max(estimate.written_values()) for name, estimate in _factors(scenario)}
    factors = {name: value for name, value in largest.items() if value > LARGE_FACTOR or value < SMALL_FACTOR}
    # A small share of a team is nothing odd.
    factors = {name: value for name, value in factors.items() if value > LARGE_FACTOR or not name.endswith(".focus")}
    if factors:
        yield f"RE591 a factor multiplies, so 20 % more is 1.2 and 20 % less 0.8: {_some(list(factors), factors)}"


def _factors(scenario: "Scenario") -> Iterator[tuple[str, "AnyEstimate"]]:
    """Yield what multiplies something, by name: effects of risks, growth and focus of backlogs."""
    for name, risk in scenario.risks.items():
        for key, impact in risk.impacts.items():
            for effect in ("factor", "cost_factor"):
                estimate = getattr(impact, effect)
                if estimate is not None:
                    yield f"risks.{name}.impacts.{key}.{effect}", estimate
    for name, task in scenario.tasks.items():
        for effect in ("growth", "focus"):
            estimate = getattr(task, effect, None)
            if estimate is not None:
                yield f"backlogs.{name}.{effect}", estimate


def _money(scenario: "Scenario") -> dict[str, dict[str, float]]:
    """Return the amounts that can be compared with one another, by what they are and by name."""
    owners: dict[str, TaskCost | CostLine] = {f"tasks.{name}.cost": task.cost for name, task in scenario.tasks.items()}
    owners |= {f"costs.{name}": line for name, line in scenario.costs.items()}
    risks = {
        f"risks.{name}.impacts.{key}.cost": abs(size(impact.cost))
        for name, risk in scenario.risks.items()
        for key, impact in risk.impacts.items()
    }
    return {
        "fixed costs": {f"{name}.fixed": abs(size(one.fixed)) for name, one in owners.items()},
        "rates": {
            **{f"{name}.rate": abs(size(one.rate)) for name, one in owners.items()},
            **{f"resources.{name}.rate": resource.rate for name, resource in scenario.resources.items()},
        },
        "costs of risks": risks,
    }


def _budgets(scenario: "Scenario") -> dict[str, float]:
    """Return the gates whose cost has another size than what is written of the plan's costs, and the factor."""
    from riskengine.model.scenario import resource_rate

    total = sum(size(line.fixed) for line in scenario.costs.values())
    for task in scenario.tasks.values():
        total += size(task.cost.fixed) + (task.cost.actual or 0.0)
        total += scenario.work_days(task) * (size(task.cost.rate) + resource_rate(scenario, task))
    mismatches = {}
    for name, gate in scenario.gates.items():
        if gate.cost is not None and gate.cost > 0 and total > 0:
            factor = max(gate.cost / total, total / gate.cost)
            if factor >= MONEY_RATIO:
                mismatches[name] = factor
    return mismatches


def _factors_on_nothing(scenario: "Scenario") -> Iterator[tuple[str, str]]:
    from riskengine.model.selector import ImpactTargets

    targets = ImpactTargets(scenario)
    for name, risk in scenario.risks.items():
        for key, impact in risk.impacts.items():
            if impact.cost_factor is not None and not any(_has_cost(cost, scenario) for cost in targets.costs(key)):
                yield name, key


def _has_cost(owner: str, scenario: "Scenario") -> bool:
    section, _, name = owner.partition("/")
    if section == "cost":
        return True
    from riskengine.model.scenario import resource_rate

    task = scenario.tasks[name]
    return task.cost.fixed is not None or task.cost.rate is not None or resource_rate(scenario, task) > 0


def _some(names: list[str], sizes: Mapping[str, float] | None = None) -> str:
    """Return the first few names, the most remarkable first where sizes are told, and how many more there are."""
    from riskengine.errors.counting import first_names

    if sizes is not None:
        names = [f"{name} ({sizes[name]:,.10g})" for name in sorted(names, key=lambda name: (-sizes[name], name))]
    return first_names(names, MOST_NAMED)
