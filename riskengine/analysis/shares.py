"""A number of a run, and the parts that it is made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from riskengine.results.samples.coalition_sample import Player


@dataclass(frozen=True)
class Part:
    """What adds up to something, with its 95 % interval; None where the sample cannot give an end."""

    value: float
    ci_low: float | None
    ci_high: float | None


@dataclass(frozen=True)
class Shares:
    """One number of the whole run, and what it is made of.

    Attributes
    ----------
    measure : str
        ``finish`` [working days], ``cost`` [currency] or ``gate`` [probability].
    statistic : str
        ``mean``, ``p50``, ``p80`` or ``p90``; of a gate, its id.
    plan, none, all : float
        The number in the deterministic plan, in the run with no player on, and in the whole run.
    rest : Part
        From the plan to the run with no player on: what else is uncertain.
    parts : tuple of Part
        Of each player that can act.
    together : Part
        From the run with no player on to the whole run.
    interaction : Part
        What of that no player has: nothing, unless each is looked at alone.
    unit : int
        The numbers are whole when multiplied by this, and add up then: none, parts and interaction to all.
    """

    measure: str
    statistic: str
    plan: float
    none: float
    all: float
    rest: Part
    parts: tuple[Part, ...]
    together: Part
    interaction: Part
    unit: int


@dataclass(frozen=True)
class Allowance:
    """What the risks take in a future, of which an allowance has to last.

    Attributes
    ----------
    measure : str
        ``finish`` [working days] or ``cost`` [currency].
    mean, p80 : Part
        What all risks together take on average, and in 80 of 100 futures at the most.
    """

    measure: str
    mean: Part
    p80: Part


@dataclass(frozen=True)
class Account:
    """What a run is made of, number by number.

    Attributes
    ----------
    players : tuple of Player
        Those that cannot act included.
    shares : tuple of Shares
        One for each number: finish, cost, gates.
    allowances : tuple of Allowance
        What all risks together take; empty without any.
    rule : str
        ``shapley``, ``remove-one``, ``add-one`` or ``greedy``.
    at : str
        The statistic that is printed, and that ``greedy`` goes by.
    target : str
        Whose finish it is.
    orders : int
        Orders that were drawn; 0 where none was.
    removed : tuple of int
        Numbers of the players in the order in which ``greedy`` switched them off; empty for other rules.
    runs : int
        Runs that were simulated.
    instants : mapping of str to datetime
        The finish of the target in the plan, and at percentiles.
    """

    players: tuple[Player, ...]
    shares: tuple[Shares, ...]
    allowances: tuple[Allowance, ...]
    rule: str
    at: str
    target: str
    orders: int
    removed: tuple[int, ...]
    runs: int
    instants: Mapping[str, datetime]

    def of(self, measure: str, statistic: str) -> Shares:
        """Return what one number is made of."""
        return next(each for each in self.shares if (each.measure, each.statistic) == (measure, statistic))

    @property
    def gates(self) -> tuple[Shares, ...]:
        """What the probability of each gate is made of."""
        return tuple(each for each in self.shares if each.measure == "gate")

    @property
    def actors(self) -> tuple[Player, ...]:
        """The players that can act, in the order of the parts."""
        return tuple(player for player in self.players if player.can_act)
