"""``--ignore-hard-constraints``: a scenario without what a delay cannot move, and the words that say so."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from riskengine.cli.output import console

if TYPE_CHECKING:
    from riskengine.model import Scenario


def without_hard_constraints(
    scenario: "Scenario", path: Path, ignores_hard: bool, print_line: Callable[[str], object] = console.note
) -> "Scenario":
    """Return the scenario to be computed, and say what was left out of it.

    Parameters
    ----------
    scenario : Scenario
    path : path
        Its file, for the words.
    ignores_hard : bool
        Whether hard constraints are to be left out, as the scenario itself may have said already.
    print_line : callable
        Takes the line of words; stderr by default.
    """
    if scenario.schedule.hard_constraints == "ignored":
        print_line(f"{path}: hard constraints are ignored, as the file says")
        return scenario
    if not ignores_hard:
        return scenario
    from riskengine.scenario.sections import hard_constraints

    scenario, dropped = hard_constraints.without_hard_constraints(scenario)
    print_line(f"{path}: {hard_constraints.ignored(dropped)}")
    return scenario
