"""Which actions of a plan to buy: from its sets of actions to the best of them, and what that buys."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from riskengine import engine
from riskengine.analysis import comparison
from riskengine.analysis.comparison import bounded
from riskengine.analysis.decision import answer_gate
from riskengine.analysis.mitigation import (
    ActionSet,
    Alike,
    Choice,
    Worth,
    alike_rows,
    clairvoyant_of,
    frontier_rows,
    members_of,
    shares_bought,
)
from riskengine.analysis.objective import OBJECTIVES, Objective
from riskengine.analysis.objective_movement import objective_movement
from riskengine.analysis.statistics.probability import probability_of
from riskengine.analysis.statistics.replicate import Replicates
from riskengine.api.asking import wrong_argument
from riskengine.api.scenario import Scenario
from riskengine.api.set_search import Screened, SetRuns, screen
from riskengine.api.simulating import SimulationOptions, checked, plan_of, settings_of
from riskengine.api.sound_sets import SoundSets
from riskengine.errors import ScenarioError, UsageError, shortened
from riskengine.errors.catalogue import CATALOGUE
from riskengine.model.action_sets import Ids, Offers, Purchase
from riskengine.plan.action_plans import ActionPlans, groups_of
from riskengine.results.samples.sample import GateQuestion, Sample
from riskengine.scenario.text.paths import switch_path

MOST_SETS: Final = 2**15
"""Sets of actions that are all run."""
LISTED: Final = 20
"""Sets that are listed as alike, and on the frontier, at the most."""
REACH: Final = "reach"
NOTHING: Final[Ids] = frozenset()
ROWS_AT_ONCE: Final = 256
"""Sets whose differences are worked out at once."""


@dataclass(frozen=True)
class Wish:
    """What is to be bought, and what for.

    Parameters
    ----------
    purchase : Purchase
    minimise : str
        A key of ``OBJECTIVES``.
    reach : str or None
        Id of a gate whose confidence is to be reached at least cost, in place of minimising.
    """

    purchase: Purchase
    minimise: str = "p80-finish"
    reach: str | None = None


class Purchasing:
    """A plan whose actions are to be chosen, and runs of it with sets of them.

    Parameters
    ----------
    scenario : Scenario
    wish : Wish
    options : SimulationOptions
    """

    def __init__(self, scenario: Scenario, wish: Wish, options: SimulationOptions) -> None:
        self.scenario, self.wish = scenario, wish
        self.options = replace(checked(options), contributions=False)
        self.settings = settings_of(self.options)
        self.offers = Offers(scenario.actions)
        require_offers(self.offers)
        self.samples: dict[Ids, Sample] = {}
        self.action_sets: dict[tuple[Ids, Ids], ActionSet] = {}
        self.nothing = self.sample_of(NOTHING)
        self.objective = objective_of(wish, self.nothing.gates)

    def choose(self) -> Choice:
        """Return which actions to buy.

        Raises
        ------
        UsageError
            If there are more sets than can all be run.
        """
        sets = self.possible_sets()
        plans = ActionPlans(self.scenario, list(self.offers.price))
        runs = SetRuns(plans, self.offers, self.objective, self.settings)
        while True:
            screened = screen(runs, sets, self.options.progress)
            refused = self.refused(sets, screened)
            if not refused:
                return self.choice_of(sets, screened)
            sets = [chosen for chosen in sets if chosen not in refused]

    def possible_sets(self) -> list[Ids]:
        """Return the sets that can be bought, the cheapest first."""
        sets = self.offers.sets(self.wish.purchase, MOST_SETS)
        if sets is None:
            raise UsageError(
                f"more than {MOST_SETS:,} sets of actions can be bought", "RE633", CATALOGUE["RE633"].clause
            )
        sound = SoundSets(self.scenario, groups_of(self.scenario, list(self.offers.price)))
        return [chosen for chosen in sets if sound.are_sound(chosen)]

    def refused(self, sets: Sequence[Ids], screened: Screened) -> set[Ids]:
        """Return those of the sets that would be reported that the reader refuses after all."""
        refused = set()
        for chosen in {sets[screened.rows[row]] for row in self.frontier(sets, screened)}:
            try:
                self.sample_of(chosen)
            except ScenarioError:
                refused.add(chosen)
        return refused

    def frontier(self, sets: Sequence[Ids], screened: Screened) -> list[int]:
        """Return the rows that are better than all that cost no more."""
        prices = np.array([self.offers.price_of(sets[row]) for row in screened.rows])
        return frontier_rows(prices, self.objective.of(screened.values))

    def sample_of(self, chosen: Ids) -> Sample:
        """Return the run of the plan with some actions in force."""
        if chosen not in self.samples:
            scenario = with_actions(self.scenario, chosen)
            self.samples[chosen] = engine.simulate(plan_of(scenario), self.settings, share=self.options.memory_share)
        return self.samples[chosen]

    def bought(self, after: Ids, before: Ids = NOTHING) -> ActionSet:
        """Return what actions buy, beside others that are there already."""
        if (after, before) not in self.action_sets:
            samples = self.sample_of(before), self.sample_of(after)
            result = comparison.compare(*samples, is_same_calendar=True, is_alike=before == after)
            self.action_sets[after, before] = ActionSet(
                actions=tuple(sorted(after)),
                price=self.offers.price_of(after - before),
                objective=objective_movement(self.objective, *samples, result),
                comparison=result,
            )
        return self.action_sets[after, before]

    def choice_of(self, sets: Sequence[Ids], screened: Screened) -> Choice:
        """Return the choice, and all that is said about it."""
        frontier = self.frontier(sets, screened)
        best_row = frontier[-1] if self.objective.gate is None else self.cheapest_that_reaches(screened, frontier)
        best = sets[screened.rows[best_row]]
        alike, alike_in_all = self.alike(sets, screened, best_row)
        prices = np.array([self.offers.price_of(chosen) for chosen in sets])
        clairvoyant, taken = clairvoyant_of(
            self.objective, screened.first, prices, screened.rows[best_row], self.settings.method
        )
        names = sorted(self.offers.price)
        shares = shares_bought(members_of(sets, names), taken, self.settings.method)
        wish = self.wish
        gate = self.objective.gate
        return Choice(
            objective=wish.minimise if gate is None else REACH,
            gate="" if gate is None else gate.id,
            answer="" if gate is None else answer_gate(self.sample_of(best), gate).answer,
            budget=wish.purchase.budget,
            most=wish.purchase.most,
            in_force=tuple(name for name, action in self.scenario.actions.items() if action.active),
            not_on_offer=self.offers.not_on_offer,
            possible=len(sets),
            rounds=tuple(screened.rounds),
            nothing=self.bought(NOTHING),
            best=self.bought(best),
            frontier=tuple(self.bought(sets[screened.rows[row]]) for row in listed(frontier, best_row)),
            alike=alike,
            alike_in_all=alike_in_all,
            worths=tuple(
                self.worth(name, best, tuple(float(part[at]) for part in shares)) for at, name in enumerate(names)
            ),
            clairvoyant=clairvoyant,
        )

    def cheapest_that_reaches(self, screened: Screened, frontier: Sequence[int]) -> int:
        """Return the first row of the frontier that reaches the gate, else the last, which is the nearest to it."""
        gate = self.objective.gate
        assert gate is not None
        replicates = Replicates.of(self.settings.method, self.settings.iterations)
        share = probability_of(screened.values[frontier] == 0, replicates, table_error=self.nothing.table_error)
        reaching = [row for row, low in zip(frontier, share.low.tolist(), strict=True) if low >= gate.confidence]
        return reaching[0] if reaching else frontier[-1]

    def alike(self, sets: Sequence[Ids], screened: Screened, best: int) -> tuple[tuple[Alike, ...], int]:
        """Return sets that cannot be told from the best, the cheapest first, and how many there are in all.

        Of sets that are to reach a gate these cost less than the best one, and may reach it, too.
        """
        rows = self.doubtful_rows(screened, best)
        made: list[Alike] = []
        for first in range(0, len(rows), ROWS_AT_ONCE):
            part = rows[first : first + ROWS_AT_ONCE]
            difference = self.objective.difference(screened.values[part], screened.values[best], self.settings.method)
            for at in range(len(part)) if self.objective.gate else alike_rows(difference):
                value, low, high = (bounded(float(column[at])) for column in difference)
                chosen = sets[screened.rows[part[at]]]
                price = self.offers.price_of(chosen)
                made.append(Alike(tuple(sorted(chosen)), price, value or 0.0, ci_low=low, ci_high=high))
        return tuple(made[:LISTED]), len(made) + screened.left

    def doubtful_rows(self, screened: Screened, best: int) -> list[int]:
        """Return the rows beside the best that are to be held against it."""
        gate = self.objective.gate
        if gate is None:
            return [row for row in range(len(screened.rows)) if row != best]
        replicates = Replicates.of(self.settings.method, self.settings.iterations)
        share = probability_of(screened.values == 0, replicates, table_error=self.nothing.table_error)
        return [row for row in range(best) if share.high[row] >= gate.confidence]

    def worth(self, name: str, best: Ids, clairvoyant: tuple[float, ...]) -> Worth:
        """Return what one action brings, alone and as the last of the best set."""
        whole = self.offers.with_needs(name)
        alone = self.bought(whole) if self.offers.is_possible(whole, Purchase()) and self.can_be_read(whole) else None
        last = None
        if name in best:
            rest = best - self.offers.with_dependents(name, best)
            last = self.bought(best, rest) if self.can_be_read(rest) else None
        share, low, high = clairvoyant
        return Worth(
            action=name,
            name=self.scenario.actions[name].name,
            price=self.offers.price[name],
            alone=alone,
            last=last,
            clairvoyant=(share, low, high),
        )

    def can_be_read(self, chosen: Ids) -> bool:
        """Return whether the reader takes the plan with some actions in force."""
        try:
            self.sample_of(chosen)
        except ScenarioError:
            return False
        return True


def choose(scenario: Scenario, wish: Wish, options: SimulationOptions) -> Choice:
    """Return which actions of a plan to buy.

    Raises
    ------
    UsageError
        If there is nothing to choose from, no such gate or objective, or more sets than can all be run.
    ScenarioError, MachineError
        As simulating does.
    """
    return Purchasing(scenario, wish, options).choose()


def with_actions(scenario: Scenario, chosen: Ids) -> Scenario:
    """Return a scenario with actions put into force.

    Raises
    ------
    ScenarioError
        If the reader refuses it.
    """
    if not chosen:
        return scenario
    return scenario.changed({switch_path("actions", name): True for name in sorted(chosen)})


def require_offers(offers: Offers) -> None:
    """Refuse a plan with no action to choose."""
    if offers.price:
        return
    reasons = [f"{name} is excluded by {other}, which is in force" for name, other in offers.not_on_offer.items()]
    message = "; ".join(reasons) if reasons else "the plan has no action that is not in force"
    raise UsageError(message, "RE630", CATALOGUE["RE630"].clause)


def objective_of(wish: Wish, gates: Sequence[GateQuestion]) -> Objective:
    """Return what is minimised."""
    if wish.reach is not None:
        by_id = {gate.id: gate for gate in gates}
        if wish.reach not in by_id:
            there = f"there {'is' if len(by_id) == 1 else 'are'} {', '.join(by_id)}" if by_id else "the plan has none"
            raise UsageError(f"the plan has no gate {shortened(repr(wish.reach))}", "RE631", there)
        return Objective("gate", "mean", by_id[wish.reach])
    if wish.minimise not in OBJECTIVES:
        raise wrong_argument("minimise", f"must be one of {', '.join(OBJECTIVES)}", wish.minimise)
    return OBJECTIVES[wish.minimise]


def listed(frontier: Sequence[int], best: int) -> list[int]:
    """Return the rows of the frontier that are listed: all, or some from end to end, the best among them."""
    if len(frontier) <= LISTED:
        return list(frontier)
    places = {round(at * (len(frontier) - 1) / (LISTED - 1)) for at in range(LISTED)}
    return sorted({frontier[place] for place in places} | {best})
