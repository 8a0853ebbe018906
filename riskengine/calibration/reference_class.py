"""How finished projects ended against what had been planned: a reference class, and the ratios that it gives.

References
----------
Flyvbjerg, B. (2006), From Nobel Prize to Project Management: Getting Risks Right, Project Management Journal 37(3).
HM Treasury (2013), Supplementary Green Book Guidance: Optimism Bias, table 1, upper bounds.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, NamedTuple

import numpy as np

from riskengine.calibration.bounded import Bounded, quantile, share
from riskengine.calibration.read_finished import ReadingOptions, read_finished
from riskengine.errors import Issue, ScenarioError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.errors.counting import counted

FEWEST_PROJECTS: Final = 10
"""Finished projects below which a class says nothing of the next one."""
SAME: Final = 1e-9
"""Ratios that are so near are equal: they are quotients of numbers in a table."""


class Uplift(NamedTuple):
    """How far projects of a kind ended above their plan, as a share of it."""

    name: str
    duration: float
    cost: float


GREEN_BOOK: Final[Mapping[str, Uplift]] = MappingProxyType(
    {
        "standard-buildings": Uplift("standard buildings", 0.04, 0.24),
        "non-standard-buildings": Uplift("non-standard buildings", 0.39, 0.51),
        "standard-civil-engineering": Uplift("standard civil engineering", 0.20, 0.44),
        "non-standard-civil-engineering": Uplift("non-standard civil engineering", 0.25, 0.66),
        "equipment-and-development": Uplift("equipment and development", 0.54, 2.00),
    }
)
"""Kinds of projects of the Green Book; its durations are those of the works, its costs those of the capital."""


@dataclass(frozen=True, slots=True)
class ReferenceClass:
    """Finished projects that the next one is held against.

    Attributes
    ----------
    file : str
        Their table, as the user named it.
    ratios : tuple of float
        Actual over estimate, ascending.
    left_out : mapping
        How many projects were left out, by reason.
    """

    file: str
    ratios: tuple[float, ...]
    left_out: Mapping[str, int]

    def quantile(self, probability: float) -> Bounded:
        """Return the ratio that so many projects kept."""
        return quantile(np.array(self.ratios), probability)

    def share_within(self, ratio: float) -> Bounded:
        """Return the share of projects that ended within so many times their estimate."""
        return share(sum(each <= ratio * (1 + SAME) for each in self.ratios), len(self.ratios))


def read_reference_class(path: str | os.PathLike[str]) -> ReferenceClass:
    """Read a table of finished projects, with the columns estimate and actual.

    Raises
    ------
    ScenarioError
        With every fault of the table, or where it has fewer than 10 projects with both.
    """
    work = read_finished(path, ReadingOptions())
    left_out: dict[str, int] = {}
    for (_, reason), projects in work.left_out.items():
        left_out[reason] = left_out.get(reason, 0) + len(projects)
    ratios = sorted(item.actual / item.estimate for item in work.items if item.estimate > 0)
    if len(ratios) < FEWEST_PROJECTS:
        entry = CATALOGUE["RE898"]
        reasons = "; ".join(f"{counted(count, 'project')} {reason}" for reason, count in left_out.items())
        value = f"{len(ratios)} ({reasons})" if reasons else str(len(ratios))
        raise ScenarioError([Issue("RE898", "", entry.rule, value, file=work.file, cure=entry.clause)])
    return ReferenceClass(work.file, tuple(ratios), left_out)
