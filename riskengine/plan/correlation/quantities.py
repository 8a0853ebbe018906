"""What is correlated: streams of draws, whose each is, and where its values have ties."""

from collections.abc import Iterable
from dataclasses import dataclass

from riskengine.model import AnyEstimate
from riskengine.model.correlated import RISK, CorrelatedMembers
from riskengine.plan.correlation.latent import CONTINUOUS, Steps
from riskengine.plan.variables.distribution import Discrete, build_distribution


@dataclass(frozen=True, eq=False)
class Quantities:
    """Streams in the order of their names.

    Parameters
    ----------
    member : (stream,) tuple of str
        Whose each stream is: a cost with an amount and a rate has two.
    stream : (stream,) tuple of str
        Sorted.
    steps : (stream,) tuple of Steps
        Where each has ties; what does not vary counts as continuous, so that it may vary in another scenario without
        moving anybody's draws.
    is_uncertain : (stream,) tuple of bool
    """

    member: tuple[str, ...]
    stream: tuple[str, ...]
    steps: tuple[Steps, ...]
    is_uncertain: tuple[bool, ...]

    @classmethod
    def of(cls, members: Iterable[str], correlated: CorrelatedMembers) -> "Quantities":
        """Return the streams of members."""
        streams = sorted((stream, member) for member in members for stream in correlated.streams(member))
        return cls(
            member=tuple(member for _, member in streams),
            stream=tuple(stream for stream, _ in streams),
            steps=tuple(steps_of(member, stream, correlated) for stream, member in streams),
            is_uncertain=tuple(correlated.is_uncertain(member) for _, member in streams),
        )

    def only(self, places: Iterable[int]) -> "Quantities":
        """Return some of them."""
        chosen = list(places)
        return Quantities(
            member=tuple(self.member[at] for at in chosen),
            stream=tuple(self.stream[at] for at in chosen),
            steps=tuple(self.steps[at] for at in chosen),
            is_uncertain=tuple(self.is_uncertain[at] for at in chosen),
        )

    def __len__(self) -> int:
        return len(self.stream)

    @property
    def kinds(self) -> list[Steps]:
        """The different steps, sorted."""
        return sorted(set(self.steps))

    @property
    def is_of_one_kind(self) -> bool:
        """Whether one correlation of normal scores gives one rank between every two."""
        return len(set(self.steps)) == 1


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
