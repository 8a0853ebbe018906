"""Which groups of changes move P80 by how much: every plan between two, on the same random numbers."""

from collections.abc import Sequence

import numpy as np

from riskengine import engine
from riskengine.analysis.bridge import Bridge, Parts, Values, bridge
from riskengine.analysis.comparison import Finish
from riskengine.analysis.orders import coalitions
from riskengine.api.plan_memory import PlanMemory
from riskengine.api.simulating import SimulationOptions
from riskengine.errors import ScenarioError
from riskengine.model import Scenario
from riskengine.reading import parse
from riskengine.results.samples.sample import Sample
from riskengine.scenario import resolve
from riskengine.scenario.differences import differences
from riskengine.scenario.plan_between import COMPUTED_GROUPS, plan_between

Groups = tuple[str, ...]
"""Groups of changes that are made together."""


def bridge_between(
    scenarios: tuple[Scenario, Scenario], samples: tuple[Sample, Sample], options: SimulationOptions, is_working: bool
) -> Bridge:
    """Return what each group of changes adds to the movement of P80 of finish and cost.

    Parameters
    ----------
    scenarios : (Scenario, Scenario)
        Before and after.
    samples : (Sample, Sample)
        Their runs.
    options : SimulationOptions
        As for these.
    is_working : bool
        Whether finishes are told apart in working days of the project.

    Raises
    ------
    ScenarioError
        If a plan between the two cannot be computed.
    """
    parts, between = plans_between(*scenarios)

    def days_of(sample: Sample) -> Values:
        return Finish.of(sample, 0, samples[0].start, is_working).values

    settings = engine.Settings(
        samples[0].iterations, samples[0].seed, samples[0].method, options.threads, has_contributions=False
    )
    memory, finish, cost = PlanMemory(), {}, {}
    for changed, scenario in between.items():
        plan = memory.plan_of(scenario)
        sample = engine.simulate(plan, settings, options.progress, share=options.memory_share)
        finish[changed] = days_of(sample)
        cost[changed] = sample.cost
    labels = [label_of(part) for part in parts]
    require_ends(finish, [days_of(sample) for sample in samples], frozenset(labels))
    require_ends(cost, [sample.cost for sample in samples], frozenset(labels))
    return Bridge(
        finish=tuple(bridge(finish, labels, settings.method)),
        cost=tuple(bridge(cost, labels, settings.method)),
        runs=len(between),
    )


def require_ends(values: dict[Parts, Values], whole: Sequence[Values], labels: Parts) -> None:
    """Make sure that the bridge begins at the first plan and ends at the second, in every iteration."""
    for changed, expected in zip((frozenset[str](), labels), whole, strict=True):
        assert np.array_equal(values[changed], expected), "an end of the bridge is not the plan"


def label_of(part: Groups) -> str:
    """Return what groups that are changed together are called."""
    return " with ".join(part)


def plans_between(before: Scenario, after: Scenario) -> tuple[list[Groups], dict[Parts, Scenario]]:
    """Return the groups that differ, and the plan with each set of them changed.

    Groups that cannot be changed one without the other, for there would be no such plan, are one part.

    Raises
    ------
    ScenarioError
        If there is no such plan even with all that differs as one part.
    """
    old, new = resolve(before), resolve(after)
    there = {each.group for each in differences(before, after)}
    parts: list[Groups] = [(group,) for group in COMPUTED_GROUPS if group in there]
    while True:
        by_label = {label_of(part): part for part in parts}
        between: dict[Parts, Scenario] = {}
        faulty: list[Parts] = []
        for changed in coalitions(list(by_label)):
            groups = [group for label in changed for group in by_label[label]]
            try:
                between[changed] = parse(plan_between(old, new, groups), "plan between")
            except ScenarioError:
                if len(parts) < 2:
                    raise
                faulty.append(changed)
        if not faulty:
            return parts, between
        parts = joined(parts, faulty)


def joined(parts: Sequence[Groups], faulty: Sequence[Parts]) -> list[Groups]:
    """Return the parts with those two made one whose parting makes most plans impossible; the first of equals."""
    labels = [label_of(part) for part in parts]
    pairs = [(one, other) for one in range(len(parts)) for other in range(one + 1, len(parts))]

    def parted(pair: tuple[int, int]) -> int:
        return sum((labels[pair[0]] in changed) != (labels[pair[1]] in changed) for changed in faulty)

    one, other = max(pairs, key=parted)
    rest = [part for at, part in enumerate(parts) if at not in (one, other)]
    return [*rest[:one], (*parts[one], *parts[other]), *rest[one:]]
