"""Hints beside an answer: numbers of the scenario that are allowed, but seldom meant."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from riskengine.cli.check.holidays import holiday_hints
from riskengine.cli.check.magnitudes import magnitude_hints
from riskengine.cli.output import console

if TYPE_CHECKING:
    from riskengine.model import Scenario

SELDOM_MEANT: Final = "RE59"
"""What the codes of hints at what is written begin with."""


def say_doubts(
    scenario: "Scenario", path: Path, assumed: Iterable[str], print_line: Callable[[str], object] = console.note
) -> None:
    """Say what ``check`` would hint at: numbers that look out of scale, holidays that end too early.

    Parameters
    ----------
    scenario : Scenario
    path : path
        Its file, for the words.
    assumed : iterable of str
        What reading it told; of this, only what has a code is said.
    print_line : callable
        Takes a line of words; stderr by default.
    """
    from riskengine.model.in_force import in_force

    in_plan = in_force(scenario)
    at_reading = (hint for hint in assumed if hint.startswith(SELDOM_MEANT))
    for hint in (*at_reading, *magnitude_hints(in_plan), *holiday_hints(in_plan)):
        print_line(f"{path}: hint: {hint}")
