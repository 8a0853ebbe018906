"""The later of two uniform tasks whose extremes come together."""

from math import pi

import numpy as np
from numpy.polynomial.legendre import leggauss
from numpy.typing import NDArray
from scipy.special import stdtr, stdtrit

from tests.replication import law, scenario
from tests.replication.model import Measure, Model

LOW, HIGH = 20.0, 60.0
TAILS = 4.0
RANK, SCORES = 0.6, 0.6330160
"""The correlation of t scores of 4 degrees of freedom that has a rank of 0.6."""


def both_below(share: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance that two quantities in the t copula are both among so many of the lowest.

    Given one score x, the other is t with one degree more, around r x and scaled by sqrt((nu + x²)(1 - r²)/(nu + 1)).
    """
    node, weight = leggauss(400)
    angle = (node + 1) * pi / 4  # v = share sin² of it: nodes crowd where the score has no end
    v = share[:, None] * np.sin(angle) ** 2
    x, edge = stdtrit(TAILS, v), stdtrit(TAILS, share)[:, None]
    given = stdtr(TAILS + 1, (edge - SCORES * x) * np.sqrt((TAILS + 1) / ((TAILS + x * x) * (1 - SCORES**2))))
    return np.asarray(share * ((given * np.sin(2 * angle)) @ weight) * pi / 4)


def build() -> Model:
    """The later is done by x where both are: the copula at F(x), F(x)."""

    def cdf(x: NDArray[np.float64]) -> NDArray[np.float64]:
        share = np.clip((x - LOW) / (HIGH - LOW), 0.0, 1.0)
        inside = (share > 0) & (share < 1)
        result = share.copy()
        result[inside] = both_below(share[inside])
        return result

    finish = law.continuous(cdf, LOW, HIGH, 0.02)
    return Model(
        "the later of two uniform tasks in a t copula of 4 degrees of freedom",
        "quadrature over one score",
        scenario.head("later with tails")
        + scenario.task("a", scenario.uniform(LOW, HIGH))
        + scenario.task("b", scenario.uniform(LOW, HIGH))
        + f'[correlations.together]\nbetween = ["a", "b"]\nrank = {RANK}\ntails = {TAILS:g}\n',
        (Measure(finish, plan=40),),
    )
