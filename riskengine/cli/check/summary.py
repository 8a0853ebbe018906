"""A scenario in short, as ``check`` echoes it: counts, dates, and hints at what is allowed but seldom meant."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from riskengine.cli.check.holidays import holiday_hints
from riskengine.cli.check.magnitudes import magnitude_hints

if TYPE_CHECKING:
    from riskengine.model import AnyEstimate, Scenario

LONG_DAYS = 1000.0
"""Working days of one task, some four years, beyond which the unit is worth a look."""

WIDE = 20.0
"""Ratio of high to low beyond which an estimate is worth a look."""

MANY = 30
"""Independent uncertain tasks beyond which their ranges cancel out to an absurdly narrow result."""

MOST_NAMED = 3


def describe(scenario: "Scenario") -> dict[str, Any]:
    """Facts and hints of a good scenario.

    Returns
    -------
    dict
        ``name``, ``project``, ``start``, ``currency``, counts, ids of the calendars, the gates, ``hints``; where there
        is anything to say, progress, levelling and the source of an import. Only types that JSON has.
    """
    return {
        "name": scenario.name,
        "project": scenario.project,
        "data_date" if scenario.is_data_date else "start": scenario.start.isoformat(),
        "currency": scenario.currency,
        "tasks": len(scenario.tasks),
        "milestones": sum(task.is_milestone for task in scenario.tasks.values()),
        "relationships": sum(len(task.after) for task in scenario.tasks.values()),
        "calendars": list(scenario.calendars),
        "cost_lines": len(scenario.costs),
        "risks": len(scenario.risks),
        "correlations": len(scenario.correlations),
        **_under_way(scenario),
        "targets": list(scenario.targets),
        "gates": [_gate(scenario, gate) for gate in scenario.gates],
        "hints": list(hints(scenario)),
    }


def _under_way(scenario: "Scenario") -> dict[str, Any]:
    tasks = scenario.tasks.values()
    facts: dict[str, Any] = {
        "finished": sum(task.is_finished for task in tasks),
        "in_progress": sum(task.is_started and not task.is_finished for task in tasks),
        "constraints": sum(len(task.constraints) + (task.deadline is not None) for task in tasks),
        "levelling": scenario.levelling.rule if scenario.levelling else "",
        "actions": len(scenario.actions),
        "in_force": [name for name, action in scenario.actions.items() if action.active],
    }
    if scenario.imported is not None:
        facts["imported_from"] = " ".join(part for part in (scenario.imported.tool, scenario.imported.file) if part)
        facts["notes"] = list(scenario.imported.notes)
    return {key: value for key, value in facts.items() if value}


def hints(scenario: "Scenario") -> Iterator[str]:
    """What is allowed but seldom meant, one sentence each."""
    yield from _gate_hints(scenario)
    yield from _span_hints(scenario)
    yield from _estimate_hints(scenario)
    yield from _risk_hints(scenario)
    yield from magnitude_hints(scenario)
    yield from holiday_hints(scenario)


def _gate(scenario: "Scenario", name: str) -> str:
    from riskengine.report.text.notation import confidence_in_hundred, limit, moment

    gate = scenario.gates[name]
    parts = [f"{gate.target} by {moment(gate.finish)}"] if gate.finish else []
    parts += [f"cost {limit(gate.cost, scenario.currency)}"] if gate.cost is not None else []
    return f"{name}: {' and '.join(parts)} with {confidence_in_hundred(gate.confidence)} %"


def _gate_hints(scenario: "Scenario") -> Iterator[str]:
    from riskengine.model.chain import chances
    from riskengine.report.summary.unreached import unreached

    chance = chances(scenario)
    if not scenario.gates:
        yield "there are no gates, so decide has nothing to answer"
    for name, gate in scenario.gates.items():
        if gate.finish is not None and gate.finish <= scenario.start:
            yield f"gate {name} asks for a finish that is not after the start"
        if gate.confidence < 0.5:
            yield f"gate {name} asks for less than an even chance"
    on_tasks = [(n, g.target) for n, g in scenario.gates.items() if g.finish is not None and g.target != "project"]
    delaying = [
        name
        for name, risk in scenario.risks.items()
        if chance[name] > 0 and "project" in risk.impacts and risk.impacts["project"].delay
    ]
    left_out = unreached(on_tasks, delaying)
    if left_out:
        yield left_out


def _span_hints(scenario: "Scenario") -> Iterator[str]:
    constrained = [
        name for name, task in scenario.tasks.items() if task.is_span and (task.constraints or task.deadline)
    ]
    if constrained:
        yield f"constraints bind neither levels of effort nor summaries: {_some(constrained)}"
    summaries = [name for name, task in scenario.tasks.items() if task.type == "summary" and task.after]
    if summaries:
        yield f"relationships of summaries bind nothing: {_some(summaries)}"


def _varies_besides(scenario: "Scenario") -> bool:
    """Return whether anything but durations and risks makes futures differ: logic, existence, days that are lost."""
    tasks = scenario.tasks.values()
    may_miss = any(task.exists < 1 for task in tasks) or bool(scenario.branches) or bool(scenario.rework)
    has_uncertain_lag = any(relationship.lag.shape != "constant" for task in tasks for relationship in task.after)
    return may_miss or has_uncertain_lag or any(calendar.loses_days for calendar in scenario.calendars.values())


def _estimate_hints(scenario: "Scenario") -> Iterator[str]:
    uncertain = [name for name, task in scenario.tasks.items() if task.work.shape != "constant" or task.uncertain_paces]
    if not uncertain and not scenario.risks and not _varies_besides(scenario):
        yield "no duration is uncertain and there are no risks: every future has the same finish"
    has_driver = any(risk.kind == "driver" and risk.active for risk in scenario.risks.values())
    if len(uncertain) >= MANY and not has_driver and not scenario.correlations:
        from riskengine.errors.counting import counted

        vary = counted(len(uncertain), "task varies", "tasks vary")
        yield f"{vary} independently, which cancels out; common causes belong into a driver or a correlation"
    ends = {name: _ends(task.work) for name, task in scenario.tasks.items()}
    wide = [name for name, (low, high) in ends.items() if 0 < low * WIDE < high]
    if wide:
        yield f"high is more than {WIDE:.0f} times low, so check the units: {_some(wide)}"
    long = [name for name, task in scenario.tasks.items() if ends[name][1] * scenario.unit_days(task) > LONG_DAYS]
    if long:
        yield f"longer than {LONG_DAYS:,.0f} working days, so check the units: {_some(long)}"


def _risk_hints(scenario: "Scenario") -> Iterator[str]:
    from riskengine.errors.counting import counted
    from riskengine.model.chain import chances

    risks, chance = scenario.risks, chances(scenario)
    is_alone = {n for n, r in risks.items() if not r.after and (not r.triggered_by or chance[n] == 1)}
    is_sure = {n for n in is_alone if risks[n].probability == 1}
    absent = {n for each in scenario.actions.values() if not each.active for n in each.secondary_risks}
    for what, names in (
        ("switched off", [n for n, r in risks.items() if not r.active and n not in absent]),
        ("that an action would bring along which is not in force", sorted(absent)),
        (
            "certain to occur, so its impact is no risk but part of the plan",
            [n for n, r in risks.items() if n in is_sure and r.kind != "driver" and r.status == "open"],
        ),
        ("of probability 0", [n for n, r in risks.items() if r.probability == 0]),
        (
            "that never occurs, since nothing that triggers it does",
            [n for n, r in risks.items() if r.active and r.probability > 0 and chance[n] == 0],
        ),
    ):
        if names:
            yield f"{'risk' if len(names) == 1 else counted(len(names), 'risk')} {what}: {_some(names)}"


def _ends(estimate: "AnyEstimate") -> tuple[float, float]:
    """Low and high where the shape has them, else zero: only written numbers are judged."""
    from riskengine.model import Constant

    if isinstance(estimate, Constant):
        return estimate.value, estimate.value
    return getattr(estimate, "low", 0.0), getattr(estimate, "high", 0.0)


def _some(names: list[str]) -> str:
    from riskengine.errors.counting import first_names

    return first_names(names, MOST_NAMED)
