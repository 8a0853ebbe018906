"""The shape `constant`: a number that is known."""

from typing import Annotated, Literal

from riskengine.model.estimate.estimate import Estimate
from riskengine.model.estimate.parameter import Parameter


class Constant(Estimate):
    """A number that is known."""

    shape: Literal["constant"] = "constant"
    value: Annotated[float, Parameter("The one value of a constant.", example="25")]

    def uncut_plan_value(self) -> float:
        return self.value

    def bounds(self) -> tuple[float, float]:
        return self.value, self.value

    def probability_within(self, low: float, high: float) -> float:
        return 1.0 if low <= self.value <= high else 0.0

    def single_value(self) -> float | None:
        return self.value
