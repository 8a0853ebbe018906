"""Which actions of a plan to buy, as Python users meet it."""

import math
from numbers import Integral, Real
from typing import Any

from riskengine.analysis.mitigation import Choice
from riskengine.api.asking import wrong_argument
from riskengine.api.mitigating import Wish, choose, with_actions
from riskengine.api.scenario import Scenario, read
from riskengine.api.simulating import SimulationOptions, checked
from riskengine.errors import UsageError, shortened
from riskengine.errors.catalogue import CATALOGUE
from riskengine.model.action_sets import Purchase
from riskengine.report.answers import mitigation as words


class Mitigation:
    """Which actions of a plan to buy, and what that buys.

    Attributes
    ----------
    actions : tuple of str
        Ids of the actions of the best set, sorted; empty where it is best to buy nothing.
    price : float [currency]
        What they cost together.
    """

    def __init__(self, scenario: Scenario, choice: Choice, options: SimulationOptions) -> None:
        self._scenario, self._choice = scenario, choice
        self._manifest = {
            "project": scenario.project,
            "currency": scenario.currency,
            "seed": options.seed,
            "method": options.method,
            "iterations": options.iterations,
        }
        self.actions, self.price = choice.best.actions, choice.best.price

    @property
    def answer(self) -> str:
        """``GO``, ``NO-GO`` or ``UNDECIDED`` of the gate that is to be reached; empty where none is."""
        return words.answer(self._choice)

    @property
    def words(self) -> list[str]:
        """What to buy, what it buys, and how sure that is, in sentences."""
        return words.sentences(self._choice, self._manifest)

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine mitigate --json`` prints; docs/command-line.md has its keys."""
        return words.document(self._choice, self._manifest)

    @property
    def scenario(self) -> Scenario:
        """The plan with the best set in force."""
        return with_actions(self._scenario, frozenset(self.actions))

    def text(self, width: int = 80) -> str:
        """Return what ``riskengine mitigate`` prints: the sentences and the tables, as wide as that.

        Parameters
        ----------
        width : int [columns]
        """
        return words.render(self._choice, self._manifest, width)

    def __repr__(self) -> str:
        """Return the first sentence."""
        return f"<Mitigation: {self.words[0]}>"


def mitigate(source: Any, wish: Wish, options: SimulationOptions, folder: Any = None) -> Mitigation:
    """Choose the actions of a plan; see :func:`riskengine.mitigate`."""
    scenario, options = read(source, folder), checked(options)
    return Mitigation(scenario, choose(scenario, wish, options), options)


def wish_of(budget: object, most: object, minimise: str, reach: str | None) -> Wish:
    """Return what is to be bought and what for, or refuse what is no amount or no number."""
    return Wish(purchase_of(budget, most), minimise, reach)


def purchase_of(budget: object, most: object) -> Purchase:
    """Return what may be bought, or refuse what is no amount or no number."""
    if budget is not None:
        if isinstance(budget, bool) or not isinstance(budget, Real) or not math.isfinite(budget) or budget < 0:
            got = shortened(repr(budget))
            raise UsageError(
                f"budget must be a number that is not below 0, got {got}", "RE632", CATALOGUE["RE632"].clause
            )
        budget = float(budget)
    if most is not None:
        if isinstance(most, bool) or not isinstance(most, Integral) or most < 0:
            raise wrong_argument("most", "must be a whole number that is not below 0", most)
        most = int(most)
    return Purchase(budget, most)
