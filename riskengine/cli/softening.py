"""``--ignore-hard-constraints``: a scenario without what a delay cannot move, and the words that say so."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from riskengine.cli import console

if TYPE_CHECKING:
    from riskengine.model import Scenario

MOST_NAMED = 3


def softened(
    scenario: "Scenario", path: Path, ignores_hard: bool, say: Callable[[str], object] = console.words
) -> "Scenario":
    """Return the scenario to be computed, and say what was left out of it.

    Parameters
    ----------
    scenario : Scenario
    path : path
        Its file, for the words.
    ignores_hard : bool
        Whether hard constraints are to be left out; if not, nothing happens.
    say : callable
        Takes the line of words; stderr by default.
    """
    if not ignores_hard:
        return scenario
    from riskengine.scenario import without_hard_constraints

    scenario, dropped = without_hard_constraints(scenario)
    if not dropped:
        say(f"{path}: there are no hard constraints to ignore")
    else:
        count = "1 hard constraint" if len(dropped) == 1 else f"{len(dropped)} hard constraints"
        named = ", ".join(f"{task} {constraint}" for task, constraint in dropped[:MOST_NAMED])
        more = f" and {len(dropped) - MOST_NAMED} more" if len(dropped) > MOST_NAMED else ""
        say(f"{path}: {count} ignored: {named}{more}")
    return scenario
