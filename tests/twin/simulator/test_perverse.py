"""Scenarios made against the limits hold the traps that they are made for."""

from collections import Counter
from collections.abc import Iterator

from riskengine.model import Scenario
from tests.twin.simulator import perverse, written


def traps(scenario: Scenario) -> Iterator[str]:
    """The traps of a scenario, in words."""
    hit = {id for risk in scenario.risks.values() for id in risk.impacts}
    if scenario.levelling is not None:
        yield from (f"levelled with {resource.capacity:g}" for resource in scenario.resources.values())
        yield from ("calendar of a resource" for resource in scenario.resources.values() if resource.calendar)
    for task in scenario.tasks.values():
        kinds = {constraint.type for constraint in task.constraints}
        if scenario.levelling is not None and len(task.resources) > 1:
            yield "mixed resources"
        if scenario.levelling is not None and task.resources and "ALAP" in kinds:
            yield "as late as possible, with a resource"
        if task.is_span and task.cost.rate is not None and any(link.task in hit for link in task.after):
            yield "a risk acts on what a paid level of effort begins or ends with"
        for link in task.after:
            takes = task.duration
            is_none = takes is not None and (takes.plan_value == 0 or 0 in getattr(takes, "values", ()))
            if link.type in ("FF", "SF") and not task.is_milestone and is_none:
                yield f"no time behind {link.type}"


EXPECTED = {
    *(f"levelled with {capacity}" for capacity in (1, 2, 3)),
    *("calendar of a resource", "mixed resources", "as late as possible, with a resource"),
    "a risk acts on what a paid level of effort begins or ends with",
    *("no time behind FF", "no time behind SF"),
}


def test_seeds_of_the_default_suite_hold_every_trap(tmp_path):
    counts = Counter(trap for seed in range(300) for trap in traps(written.read(perverse.document(seed), tmp_path)))
    assert {trap for trap in EXPECTED if counts[trap] < 10} == set(), counts


def test_a_seed_names_one_scenario():
    assert perverse.document(3) == perverse.document(3)
    assert perverse.document(3) != perverse.document(4)
