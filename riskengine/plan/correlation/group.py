"""What is asked of a group of correlated quantities, and the normal scores that give it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from riskengine.model import AnyEstimate, Correlation, Scenario
from riskengine.model.correlated import RISK, CorrelatedMembers
from riskengine.plan.correlation.latent import CONTINUOUS, ROUNDING, Steps, feasible, latent, spearman
from riskengine.plan.correlation.matrix import is_valid, nearest
from riskengine.plan.variables.distribution import Discrete, build_distribution

Floats = NDArray[np.float64]

FEWEST_WITH_FACTOR = 5
"""Members from which a group has a factor: fewer keep more of their stratification without one."""


@dataclass(frozen=True, eq=False)
class Group:
    """A group with one rank correlation between every two of its members.

    Parameters
    ----------
    id, name : str
    rank : float
        Spearman's correlation asked for.
    member : (stream,) tuple of str
        Whose each stream is: a cost with an amount and a rate has two.
    stream : (stream,) tuple of str
        Sorted.
    steps : (stream,) tuple of Steps
        Where each has ties; what does not vary counts as continuous, so that it may vary in another scenario without
        moving anybody's draws.
    is_uncertain : (stream,) tuple of bool
    """

    id: str
    name: str
    rank: float
    member: tuple[str, ...]
    stream: tuple[str, ...]
    steps: tuple[Steps, ...]
    is_uncertain: tuple[bool, ...]

    @property
    def kinds(self) -> list[Steps]:
        """The different steps, sorted."""
        return sorted(set(self.steps))

    @property
    def is_of_one_kind(self) -> bool:
        """Whether one correlation of normal scores holds between every two."""
        return len(self.kinds) == 1

    @property
    def has_factor(self) -> bool:
        """Whether the group follows one factor of its own, which gives exactly what is asked."""
        return self.is_of_one_kind and self.rank > 0 and len(self.stream) >= FEWEST_WITH_FACTOR

    @property
    def one_latent(self) -> float:
        """The correlation of normal scores of a group of one kind."""
        return latent(self.steps[0], self.steps[0], self.rank)

    def latent_at(self, rank: float) -> Floats:
        """Return the correlations of normal scores that a rank correlation asks for, (stream, stream)."""
        kinds = self.kinds
        number = np.array([kinds.index(steps) for steps in self.steps])
        by_kind = np.array([[latent(min(one, other), max(one, other), rank) for other in kinds] for one in kinds])
        matrix: Floats = by_kind[number[:, None], number[None, :]]
        np.fill_diagonal(matrix, 1.0)
        return matrix

    @cached_property
    def requested_latent(self) -> Floats:
        """The correlations of normal scores that are asked for, (stream, stream)."""
        return self.latent_at(self.rank)

    @cached_property
    def is_repaired(self) -> bool:
        """Whether no future can have all that is asked, so that the nearest is taken."""
        return not self.is_of_one_kind and not is_valid(self.requested_latent)

    @cached_property
    def latent(self) -> Floats:
        """The correlations of normal scores that are used, (stream, stream)."""
        return nearest(self.requested_latent) if self.is_repaired else self.requested_latent

    def expected(self, one: int, other: int) -> float:
        """Return the rank correlation that two streams have, by their places."""
        r = self.one_latent if self.has_factor else float(self.latent[one, other])
        return spearman(self.steps[one], self.steps[other], r)

    def infeasible(self) -> tuple[int, int, float, float] | None:
        """Return the pair that can least have its correlation, with the range of what it can have; None if all can."""
        kinds = self.kinds
        worst: tuple[float, int, int, float, float] | None = None
        for at, one in enumerate(kinds):
            for other in kinds[at:]:
                first = self.steps.index(one)
                second = next((k for k, steps in enumerate(self.steps) if steps == other and k != first), None)
                if second is None:
                    continue
                low, high = feasible(one, other)
                beyond = max(low - self.rank, self.rank - high)
                if beyond > ROUNDING and (worst is None or beyond > worst[0]):
                    worst = beyond, first, second, low, high
        return None if worst is None else worst[1:]

    def least_rank(self) -> float:
        """Return the least correlation that every two can have at once."""
        if self.is_of_one_kind:
            return spearman(self.steps[0], self.steps[0], -1 / (len(self.stream) - 1))
        low, high = self.rank, 0.0
        for _ in range(20):
            middle = (low + high) / 2
            if is_valid(self.latent_at(middle)):
                high = middle
            else:
                low = middle
        return high


def groups_of(scenario: Scenario) -> list[Group]:
    """Return the groups of a scenario, by id; those of rank 0 ask for nothing and are left out."""
    members = CorrelatedMembers(scenario)
    return [
        group_of(correlation, members) for _, correlation in sorted(scenario.correlations.items()) if correlation.rank
    ]


def group_of(correlation: Correlation, members: CorrelatedMembers) -> Group:
    """Return what a correlation asks for."""
    streams = sorted((stream, member) for member in members.of(correlation) for stream in members.streams(member))
    kinds = [steps_of(member, stream, members) for stream, member in streams]
    return Group(
        id=correlation.id,
        name=correlation.name,
        rank=correlation.rank,
        member=tuple(member for _, member in streams),
        stream=tuple(stream for stream, _ in streams),
        steps=tuple(kinds),
        is_uncertain=tuple(members.is_uncertain(member) for _, member in streams),
    )


def steps_of(member: str, stream: str, members: CorrelatedMembers) -> Steps:
    """Return where a stream of a member has ties.

    Notes
    -----
    A risk that is switched off has those of its probability, and a task that is over those of its duration.
    """
    scenario = members.scenario
    if member in scenario.tasks:
        task = scenario.tasks[member]
        return steps_of_estimate(task.duration if task.is_finished else task.work)
    if member.startswith(RISK):
        probability = scenario.risks[member.removeprefix(RISK)].probability
        return (1 - probability,) if 0 < probability < 1 else CONTINUOUS
    return steps_of_estimate(dict(members.amounts(member))[stream.rpartition("/")[2]])


def steps_of_estimate(estimate: AnyEstimate) -> Steps:
    """Return where an estimate has ties: none but between a few values."""
    distribution = build_distribution(estimate, 1.0)
    return tuple(distribution.cumulative[:-1].tolist()) if isinstance(distribution, Discrete) else CONTINUOUS
