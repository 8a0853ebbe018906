"""Runs of many sets of actions: all of them for some iterations, those that can still be the best for the rest."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from riskengine import engine
from riskengine.analysis.mitigation import Round, most_promising
from riskengine.analysis.objective import Objective
from riskengine.analysis.screening import is_ruled_out, rivals
from riskengine.analysis.statistics.replicate import BLOCK
from riskengine.api.simulating import Progress
from riskengine.engine.partial_runs import Outcomes, PartialRuns
from riskengine.errors.counting import counted
from riskengine.model.action_sets import Ids, Offers
from riskengine.plan.action_plans import ActionPlans

Values = NDArray[np.float64]

FIRST_VALUES = 2**22
"""Values of the objective that all sets together have after the first round, at the most, if two blocks allow it."""
FEWEST_BLOCKS = 2
GROWTH = 4
"""How many times as many iterations each round has as the one before."""
ROUNDS = 16
"""Rounds of a screening, at the most: from two blocks on, so many lead beyond a billion iterations."""
MOST_VALUES = 2**25
"""Values of the objective in any later round, at the most: what is held in memory at once."""
MOST_SETS = 2_000
"""Sets in the last round, at the most."""


@dataclass
class Screened:
    """What is known of sets after the last round.

    Attributes
    ----------
    first : (set, m) float64
        The objective's values of every set in the iterations of the first round.
    rows : list of int
        The sets that all iterations were run of, the cheapest first.
    values : (row, n) float64
        Theirs.
    rounds : list of Round
    left : int
        Sets that were neither ruled out nor run to the end.
    """

    first: Values
    rows: list[int]
    values: Values
    rounds: list[Round] = field(default_factory=list)
    left: int = 0


class SetRuns:
    """Runs of sets of actions on the same random numbers.

    Parameters
    ----------
    plans : ActionPlans
    offers : Offers
    objective : Objective
    settings : Settings
    """

    def __init__(self, plans: ActionPlans, offers: Offers, objective: Objective, settings: engine.Settings) -> None:
        self.plans, self.offers, self.objective = plans, offers, objective
        self.runs, self.iterations = PartialRuns(settings), settings.iterations
        self.uncertain_prices: dict[tuple[str, int, int], Values] = {}

    def values(self, chosen: Ids, first: int, last: int) -> Values:
        """Return what the objective is a statistic of, in iterations of one set, from the first to before the last."""
        outcomes = self.runs.outcomes(self.plans.plan_of(chosen), first, last)
        cost = outcomes.cost + self._prices(chosen, first, last)
        return self.objective.values_of(outcomes.finish, outcomes.days, cost)

    def _prices(self, chosen: Ids, first: int, last: int) -> Values | float:
        """Return what is paid for the actions whose price is in no plan."""
        total: Values | float = 0.0
        for name in sorted(chosen & self.plans.priced_apart):
            cost = self.offers.actions[name].cost
            if cost is not None:
                fixed = cost.single_value()
                total = total + (self._drawn_price(name, first, last) if fixed is None else fixed)
        return total

    def _drawn_price(self, name: str, first: int, last: int) -> Values:
        """Return the price of an action in each iteration, where it is uncertain: what a plan costs more with it."""
        key = (name, first, last)
        if key not in self.uncertain_prices:
            runs = PartialRuns(self.runs.settings)
            both: list[Outcomes] = [runs.outcomes(each, first, last) for each in self.plans.priced(name)]
            self.uncertain_prices[key] = both[1].cost - both[0].cost
        return self.uncertain_prices[key]


def screen(runs: SetRuns, sets: Sequence[Ids], progress: Progress | None) -> Screened:
    """Run sets of actions, and go on with those that can still be the best of those that cost no more.

    Parameters
    ----------
    runs : SetRuns
    sets : sequence of frozenset of str
        The cheapest first.
    progress : callable or None
    """
    prices = np.array([runs.offers.price_of(chosen) for chosen in sets])
    done, last = 0, first_iterations(len(sets), runs.iterations)
    rows = list(range(len(sets)))
    values = np.zeros((len(sets), 0))
    screened: Screened | None = None
    while True:
        values = np.concatenate((values, _more(runs, [sets[row] for row in rows], (done, last), progress)), axis=1)
        if screened is None:
            screened = Screened(values, rows, values)
        screened.rounds.append(Round(last, len(rows)))
        if last == runs.iterations:
            screened.rows, screened.values = rows, values
            return screened
        objectives = runs.objective.of(values)
        rival = rivals(prices[rows], objectives)
        is_out = is_ruled_out(runs.objective, values, rival, tests=len(sets) * ROUNDS)
        staying = np.flatnonzero(~is_out).tolist()
        done, last = last, min(runs.iterations, GROWTH * last)
        room = max(2, min(MOST_VALUES // last, MOST_SETS if last == runs.iterations else len(sets)))
        if len(staying) > room:
            promising = most_promising(prices[rows][staying], objectives[staying], room)
            screened.left += len(staying) - len(promising)
            staying = [staying[at] for at in promising]
        rows, values = [rows[at] for at in staying], values[staying]


def first_iterations(sets: int, iterations: int) -> int:
    """Return how many iterations of each set are run in the first round."""
    blocks = max(FEWEST_BLOCKS, FIRST_VALUES // max(1, sets) // BLOCK)
    return min(iterations, blocks * BLOCK)


def _more(runs: SetRuns, sets: Sequence[Ids], part: tuple[int, int], progress: Progress | None) -> Values:
    """Return further values of some sets, (set, n)."""
    first, last = part
    place = {chosen: at for at, chosen in enumerate(sets)}
    values = np.empty((len(sets), last - first))
    for count, chosen in enumerate(runs.plans.sorted_by_plan(sets), start=1):
        values[place[chosen]] = runs.values(chosen, first, last)
        if progress is not None:
            progress(count, len(sets), f"Running sets of actions, {counted(last, 'iteration')} each")
    return values
