"""Random scenarios in which all meets: chains, delays of relationships, early finishes, work at a pace, branches.

A file of its own, for the generator's seeds name their scenarios for ever.
"""

from collections.abc import Callable
from functools import partial
from random import Random

from tests.twin.simulator.branched_scenarios import branched, uncertain
from tests.twin.simulator.chained_scenarios import chained
from tests.twin.simulator.delayed_relationships import delayed
from tests.twin.simulator.generator import Document, document
from tests.twin.simulator.lost_days import with_lost_days
from tests.twin.simulator.unhurried_scenarios import unhurried
from tests.twin.simulator.work_scenarios import at_a_pace

Wrapper = Callable[..., Document]
INSIDE_OUT: tuple[tuple[Wrapper, float], ...] = (
    (uncertain, 0.4),
    (branched, 0.5),
    (unhurried, 0.7),  # before work takes the place of durations
    (at_a_pace, 0.7),
    (delayed, 0.8),  # before chains, which tie all risks that there are
    (chained, 0.8),
)
"""What makes a scenario of a kind out of another one, and how often it takes part."""


def joint(seed: int, plain: Callable[[int], Document] = document) -> Document:
    """A random scenario of a kind in which most of all this stands beside each other."""
    rng = Random(f"joint {seed}")
    for wrapper, often in INSIDE_OUT:
        if rng.random() < often:
            plain = partial(wrapper, plain=plain)
    result = plain(seed)
    for action in result.get("actions", {}).values():
        if "task" in action:  # what a branch or a loop asks for cannot be left out
            action["active"] = True
    is_losing = rng.random() < 0.4 and "levelling" not in result  # which do not go together
    return with_lost_days(result, seed) if is_losing else result
