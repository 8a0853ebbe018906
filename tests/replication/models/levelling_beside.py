"""Three tasks that need one welder beside a long one that does not: levelling often changes nothing."""

import numpy as np
from numpy.typing import NDArray

from tests.replication import law, scenario
from tests.replication.model import Estimate, Measure, Model
from tests.replication.truths import criticality, levelling, occurrence

NEAR_NOTHING = "the effect is 0.1 days, and no interval reaches below 0: of few iterations only its upper end can miss"
ONE_BLOCK = "the use of resources is computed from the first 256 iterations: one replicate"


def coarse(of: law.Law, cells: int = 10) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Middles and probabilities of cells of ten times the width; there are no atoms."""
    assert not of.atoms
    mass = np.append(of.mass, np.zeros(-of.mass.size % cells)).reshape(-1, cells)
    middle = of.step * (of.first + (cells - 1) / 2 + cells * np.arange(len(mass)))
    return middle, mass.sum(axis=1)


def share_in_use(work: law.Law, beside: law.Law) -> float:
    """The mean of work / max(work, beside): the share of the project in which the welder works."""
    (days, share), (other, weight) = coarse(work), coarse(beside)
    return float((share[:, None] * weight * np.minimum(1.0, days[:, None] / other)).sum())


def build() -> Model:
    """Levelled, the finish is the later of the sum of three and of the long task; a rare risk hits the latter."""
    step = 5e-3
    own = law.uniform(10, 30, step)
    long = law.triangular(40, 60, 100, step) + law.event(0.02, law.constant(30.0, step))
    levelled, unlevelled = law.maximum(own.times(3), long), law.maximum(own, own, own, long)
    welder = "resources = { welder = 1 }"
    return Model(
        "three tasks with one welder beside a longer task",
        "convolution, product of distribution functions",
        scenario.head("levelling beside", "levelling = true")
        + "[resources.welder]\ncapacity = 1\n"
        + "".join(scenario.task(f"weld{k}", scenario.uniform(10, 30), more=welder) for k in range(3))
        + scenario.task("long", scenario.triangular(40, 60, 100))
        + "[risks.late]\nprobability = 0.02\nimpacts.long = { delay = 30 }\n",
        (Measure(levelled, plan=60),),
        (
            *levelling(levelled, unlevelled),
            criticality("long", law.probability_at_least(long, own.times(3))),
            occurrence("late", 0.02),
            *(
                Estimate(
                    f"resource welder {column}",
                    "resource",
                    "resources",
                    (("resource", "welder"),),
                    (column, f"{column}_ci_low", f"{column}_ci_high"),
                    share_in_use(own.times(3), long),
                    1e-6,
                    covers_more=ONE_BLOCK,
                    is_wide=ONE_BLOCK,
                )
                for column in ("use", "full")
            ),
        ),
        covers_more={"levelling finish p90": NEAR_NOTHING},
    )
