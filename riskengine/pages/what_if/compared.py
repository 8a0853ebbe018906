"""What the what-if page draws: two runs of the same iterations, and what the second changes."""

from dataclasses import dataclass
from functools import cached_property

from riskengine.analysis.comparison import Comparison, MeasureMovement, Movement
from riskengine.pages.language import Language
from riskengine.pages.speaker import Speaker
from riskengine.results.samples.sample import Sample


@dataclass(frozen=True)
class WhatIfPage(Speaker):
    """What is drawn.

    Parameters
    ----------
    language : Language
    before, after : Sample
        The plan as it is, and as it would be.
    result : Comparison
    is_narrow : bool
        Whether it is drawn for a phone.
    target : str
        ``project``, or the id of the target whose finish is drawn.
    """

    language: Language
    before: Sample
    after: Sample
    result: Comparison
    is_narrow: bool = False
    target: str = "project"

    @property
    def currency(self) -> str:
        """Currency of the plan."""
        return self.after.currency

    @property
    def has_cost(self) -> bool:
        """Whether the project costs anything in any iteration of either plan."""
        return bool(self.before.cost.any() or self.after.cost.any())

    @cached_property
    def finish(self) -> MeasureMovement:
        """What is changed of the finish that is drawn."""
        return next(each for each in self.result.measures if each.target == self.target and each.measure == "finish")

    @cached_property
    def cost(self) -> MeasureMovement:
        """What is changed of the cost."""
        return next(each for each in self.result.measures if each.measure == "cost")

    def difference_texts(self, measure: MeasureMovement, movement: Movement) -> tuple[str, str]:
        """Return a difference in its unit, and its interval."""
        low, high = movement.ci_low, movement.ci_high
        if measure.measure == "cost":
            return self.language.money_estimate(movement.difference, low, high, self.currency, signed=True)
        return self.language.days_estimate(movement.difference, low, high, signed=True)
