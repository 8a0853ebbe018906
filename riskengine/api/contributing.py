"""What each source of risk contributes: runs of a plan with some of them on, on the same random numbers."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from riskengine.analysis.allowance import allowances
from riskengine.analysis.answer_tables import contribution_tables
from riskengine.analysis.coalition_values import STATISTICS, read_amounts
from riskengine.analysis.comparison import Finish
from riskengine.analysis.contributions import Question, contributions
from riskengine.analysis.orders import (
    Coalition,
    Order,
    Weights,
    add_one,
    drawn_orders,
    everybody,
    greedy_order,
    of_orders,
    remove_one,
    shapley,
)
from riskengine.analysis.shares import Account, Allowance
from riskengine.api.asking import unknown_name, wrong_argument
from riskengine.api.comparing import Side, label_of, sample_of, side_of, with_settings_of_runs
from riskengine.api.keeping import keep_tables
from riskengine.api.simulating import SimulationOptions, checked, plan_of, settings_of, whole
from riskengine.engine.coalitions import Coalitions
from riskengine.engine.players import KINDS, players_of
from riskengine.errors import UsageError
from riskengine.errors.catalogue import CATALOGUE
from riskengine.model import Scenario
from riskengine.plan import Plan
from riskengine.plan.compile import as_planned
from riskengine.report.answers import contributions as words
from riskengine.results.samples.coalition_sample import CoalitionSample
from riskengine.results.samples.sample import Sample

RULES: Final = ("shapley", "remove-one", "add-one", "greedy")
GROUPINGS: Final = ("wbs", "team", "owner", "tag", "task")
MOST_EXACT: Final = 12
"""Players up to whose number Shapley's average is taken over all orders."""
ORDERS: Final = 64
"""Orders that are drawn where they are more."""
FEWEST_ORDERS, MOST_ORDERS = 4, 200_000


@dataclass(frozen=True)
class Choice:
    """What contributions are asked for.

    Parameters
    ----------
    rule : str
        One of ``RULES``.
    kinds : tuple of str
        Of ``KINDS``.
    by : str
        One of ``GROUPINGS``, empty for all estimates as one player.
    at : str
        What ``greedy`` removes by, and what is printed: ``mean``, ``p50``, ``p80`` or ``p90``.
    target : str
        ``project``, or the id of a target.
    orders : int
        That are drawn where there are more players than ``MOST_EXACT``; an odd one is one more.
    """

    rule: str = "shapley"
    kinds: tuple[str, ...] = KINDS
    by: str = ""
    at: str = "p80"
    target: str = "project"
    orders: int = ORDERS


class Contributions:
    """What each source of risk contributes to a plan's finish, cost and gates.

    By ``shapley`` and ``greedy`` parts add up exactly, as decimal numbers, from the run with no player on to the whole
    run.

    Attributes
    ----------
    label : str
        What the plan is called.
    """

    def __init__(self, label: str, manifest: Mapping[str, Any], account: Account, run: str = "") -> None:
        self.label = label
        self._manifest, self._account, self._run = manifest, account, run

    @property
    def words(self) -> list[str]:
        """What contributes the most, in sentences."""
        return words.sentences(self._account, self._manifest)

    @property
    def document(self) -> dict[str, Any]:
        """What ``riskengine contributions --json`` prints; docs/command-line.md has its keys."""
        return words.document(self.label, self._account, self._manifest)

    def finish(self, statistic: str = "p80") -> dict[str, Any]:
        """Return what the finish is made of.

        Parameters
        ----------
        statistic : str
            ``mean``, ``p50``, ``p80`` or ``p90``.

        Returns
        -------
        dict
            ``plan``, ``none`` (with no player on), ``all``, and ``parts``, of which each has ``value``, ``ci_low`` and
            ``ci_high`` in working days; they add up from ``none`` to ``all``.

        Raises
        ------
        riskengine.UsageError
            If there is no such statistic.
        """
        return self._number("finish", statistic)

    def cost(self, statistic: str = "p80") -> dict[str, Any]:
        """Return what the cost is made of, as :meth:`finish` does, in money."""
        return self._number("cost", statistic)

    def gate(self, id: str) -> dict[str, Any]:
        """Return what the probability of a gate is made of, as :meth:`finish` does.

        Raises
        ------
        riskengine.UsageError
            If there is no such gate.
        """
        return self._number("gate", id)

    def _number(self, measure: str, statistic: str) -> dict[str, Any]:
        there = {each["statistic"]: each for each in self.document["numbers"] if each["measure"] == measure}
        if statistic not in there:
            raise unknown_name("gate" if measure == "gate" else "statistic", statistic, there)
        return dict(there[statistic])

    def text(self, width: int = 80, has_blocks: bool = True) -> str:
        """Return what ``riskengine contributions`` prints, as wide as that.

        Parameters
        ----------
        width : int [columns]
        has_blocks : bool
            Whether bars may be drawn with block characters.
        """
        return words.render(self._account, self._manifest, width, has_blocks)

    def keep(self, folder: str | os.PathLike[str]) -> None:
        """Put the tables into the results folder of the run, where its report and exports find them.

        Parameters
        ----------
        folder : path
            Of the run that was asked; it is replaced as a whole.

        Raises
        ------
        riskengine.UsageError
            If a plan was asked, or about a target.
        riskengine.ResultsError
            If the folder holds another run, or may not be written to.
        """
        keep_tables(folder, self._run, contribution_tables(self._account), self._account.target)

    def __repr__(self) -> str:
        """Return the first sentence."""
        return f"<Contributions: {self.words[0]}>"


def contribute(source: Any, options: SimulationOptions, folder: Any, choice: Choice) -> Contributions:
    """Say what contributes to a plan, or a run of it; see :func:`riskengine.contributions`."""
    return contribute_side(side_of(source, label_of(source), folder), options, choice)


def contribute_side(side: Side, options: SimulationOptions, choice: Choice) -> Contributions:
    """Run a plan with some players on and the others off, and say what each contributes.

    Raises
    ------
    UsageError
        If something is asked for that there is not.
    ScenarioError, ResultsError, MachineError
        As simulating does; and if the iterations of a folder do not come out again.
    """
    choice = checked_question(choice)
    options = replace(checked(with_settings_of_runs(side, side, options)), contributions=False, until=None)
    settings = settings_of(options)
    plan = plan_of(side.scenario)
    target = row_of_target(plan, choice.target)
    sample = sample_of(side, settings, options)
    groups = groups_of(side.scenario, plan, choice.by)
    players = players_of(plan, choice.kinds, groups)
    actors = tuple(player for player in players if player.can_act)
    runs = Memory(Coalitions(plan, settings, actors, groups, target))
    weights, orders = weights_for(choice, len(actors), settings.seed, runs)
    question = Question(sample, actors, target, is_rest_fixed=has_all(plan, choice.kinds))

    def note(done: int, count: int) -> None:
        if options.progress is not None:
            options.progress(done, count, "Running with some of what is uncertain")

    shares = contributions(question, weights, runs.sample, orders, note)
    account = Account(
        players=tuple(players),
        shares=tuple(shares),
        allowances=allowances_of(question, runs),
        rule=choice.rule,
        at=choice.at,
        target=choice.target,
        orders=len(orders) if choice.rule == "shapley" else 0,
        removed=orders[0][::-1] if choice.rule == "greedy" else (),
        runs=runs.count,
        instants=instants_of(sample, target),
    )
    scenario = side.scenario
    manifest = {
        "name": scenario.name,
        "project": scenario.project,
        "currency": scenario.currency,
        "seed": settings.seed,
        "method": settings.method,
        "iterations": settings.iterations,
    }
    return Contributions(side.label, manifest, account, "" if side.run is None else side.run.manifest["run"])


class Memory:
    """Runs of coalitions, counted, of which the numbers of the finish are kept once they are asked for."""

    def __init__(self, coalitions: Coalitions) -> None:
        self._coalitions = coalitions
        self._numbers: dict[Coalition, tuple[float, ...]] = {}
        self.count = 0

    def sample(self, on: Coalition) -> CoalitionSample:
        """Return the run of a coalition."""
        self.count += 1
        return self._coalitions.sample(on)

    def number(self, on: Coalition, statistic: str) -> float:
        """Return a number of the finish of a coalition."""
        if on not in self._numbers:
            days = self.sample(on).days
            self._numbers[on] = tuple(read_amounts(days, days).value.tolist())
        return self._numbers[on][STATISTICS.index(statistic)]


def weights_for(choice: Choice, count: int, seed: int, runs: Memory) -> tuple[Weights, list[Order]]:
    """Return how coalitions count, and the orders that were drawn, if any."""
    if choice.rule == "remove-one":
        return remove_one(count), []
    if choice.rule == "add-one":
        return add_one(count), []
    if choice.rule == "greedy":
        order = greedy_order(count, lambda on: runs.number(on, choice.at))
        return of_orders([order]), [order]
    if count <= MOST_EXACT:
        return shapley(count), []
    orders = drawn_orders(count, -(-choice.orders // 2), seed)
    return of_orders(orders), orders


def allowances_of(question: Question, runs: Memory) -> tuple[Allowance, ...]:
    """Return what all risks together take; nothing where no risk is among the players."""
    others = frozenset(at for at, player in enumerate(question.players) if player.kind != "risk")
    if len(others) == len(question.players):
        return ()
    everyone = everybody(len(question.players))
    return allowances(question.sample, runs.sample(everyone), runs.sample(others))


def instants_of(sample: Sample, target: int) -> dict[str, datetime]:
    """Return the finish of a target in the plan, and at percentiles."""
    finish = Finish.of(sample, target, sample.start, is_working=True)
    return {"plan": finish.plan_instant, **dict(zip(STATISTICS[1:], finish.instants, strict=True))}


def groups_of(scenario: Scenario, plan: Plan, by: str) -> dict[str, str]:
    """Return the group of the estimates of each task; of a task with several tags it is the first."""
    if not by:
        return {}
    if by == "wbs":
        return {task: group for task, group in zip(plan.task, plan.labels.task_element, strict=True) if group}
    if by == "task":
        return {task: task for task in plan.task}
    tasks = as_planned(scenario).tasks
    named = {task: next(iter(tasks[task].tags), "") if by == "tag" else getattr(tasks[task], by) for task in plan.task}
    return {task: group for task, group in named.items() if group}


def has_all(plan: Plan, kinds: Sequence[str]) -> bool:
    """Return whether nothing is left to chance once these kinds are off."""
    return not any(player.can_act for player in players_of(plan, set(KINDS).difference(kinds), {}))


def row_of_target(plan: Plan, target: str) -> int:
    """Return the row of a target, 0 for the project.

    Raises
    ------
    UsageError
    """
    names = ("project", *plan.target)
    if target not in names:
        raise unknown_name("target", target, names)
    return names.index(target)


def checked_question(choice: Choice) -> Choice:
    """Return what is asked for, or refuse what there is not.

    Raises
    ------
    UsageError
    """
    for name, value, values in (
        ("rule", choice.rule, RULES),
        ("by", choice.by, ("", *GROUPINGS)),
        ("at", choice.at, STATISTICS),
    ):
        if value not in values:
            raise wrong_argument(name, f"must be one of {', '.join(filter(None, values))}", value)
    wrong = [kind for kind in choice.kinds if kind not in KINDS]
    if wrong or not choice.kinds:
        cure = CATALOGUE["RE620"].clause
        raise UsageError(f"there are no players {', '.join(map(str, wrong)) or 'asked for'}", "RE620", cure)
    orders = whole("orders", choice.orders)
    if not FEWEST_ORDERS <= orders <= MOST_ORDERS:
        raise wrong_argument("orders", f"must be from {FEWEST_ORDERS} to {MOST_ORDERS}", orders)
    return replace(choice, orders=orders, kinds=tuple(kind for kind in KINDS if kind in choice.kinds))
