"""Verbs of the public face that ask a plan further, on the same random numbers.

They load nothing before they are called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Sequence

    from riskengine import ScenarioSource
    from riskengine.api.comparing import Comparison
    from riskengine.api.contributing import Contributions
    from riskengine.api.driving import Drivers
    from riskengine.api.mitigation import Mitigation
    from riskengine.api.run import Run
    from riskengine.calibration.answer import By, Calibration
    from riskengine.elicitation.answer import Opinions


def compare(
    before: ScenarioSource | Run,
    after: ScenarioSource | Run,
    *,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    memory_share: float = 1.0,
    folder: str | os.PathLike[str] | None = None,
    bridge: bool = False,
) -> Comparison:
    """Say what one plan changes against another, on the same random numbers.

    Parameters
    ----------
    before, after : str, path, mapping, Scenario or Run
        Whatever :func:`read` takes, a run, or the path of its results folder. A run says itself from which seed, by
        which method and, at the most, how many iterations; what is given here then does not count.
    iterations, seed, method, threads, progress, memory_share, folder
        As for :func:`simulate`.
    bridge : bool
        Whether to say what each group of changes (progress, logic, durations, risks, calendars, resources, cost) adds
        to the movement of P80, which takes a run for each set of the groups that differ.

    Returns
    -------
    Comparison
        ``.words`` has it in sentences, ``.finish("p80")``, ``.cost("p80")`` and ``.gate(id)`` single differences.

    Raises
    ------
    riskengine.ScenarioError, riskengine.MachineError
        As for :func:`simulate`.
    riskengine.UsageError
        If the plans are of two projects or two currencies, or two runs are from two seeds or by two methods.
    riskengine.ResultsError
        If a results folder is not whole, or its scenario does not give its iterations again.

    Notes
    -----
    Both plans draw the same numbers wherever they say the same, so that the interval of a difference is that of what
    differs. A difference is afterwards less before; plans that are computed alike differ by exactly nothing.
    """
    from riskengine.api.comparing import compare
    from riskengine.api.simulating import SimulationOptions

    options = SimulationOptions(
        iterations=iterations,
        seed=seed,
        method=method,
        threads=threads,
        progress=progress,
        memory_share=memory_share,
    )
    return compare(before, after, options, folder, bridge)


def calibrate(
    finished: str | os.PathLike[str],
    *,
    by: By | None = None,
    shape: str = "pert",
    low_is: str | None = None,
    high_is: str | None = None,
    hours_per_day: float | None = None,
    map: str | os.PathLike[str] | None = None,
) -> Calibration:
    """Hold finished work against its estimates: how sure they were, and what the next ones need.

    Parameters
    ----------
    finished : str or path
        A table of items that are done, CSV or a workbook, with the columns actual and estimate, or low, likely and high
        (or P10 and P90); docs/command-line.md has the others.
    by : str, optional
        ``team``, to say it of each team by itself.
    shape : str
        ``pert`` or ``triangular``: of estimates with a most likely value.
    low_is, high_is : str, optional
        Percentiles such as ``p10`` that lows and highs are whose headings name none; by default they are the bounds.
    hours_per_day : float, optional
        Working hours of a day, to read days and hours together.
    map : str or path, optional
        ``jira`` or another map of work items, or a TOML file of that form: how a tool calls its columns and states, and
        in which units its numbers are.

    Returns
    -------
    Calibration
        ``.document`` has all numbers, ``.text()`` what is printed.

    Raises
    ------
    riskengine.ScenarioError
        With every fault of the table in ``.issues``; or if nobody has 10 items.
    riskengine.UsageError
        If something is asked for that there is not.
    """
    from riskengine.calibration.answer import calibrate, reading_options

    return calibrate(finished, by, reading_options(shape, low_is, high_is, hours_per_day, map))


def collect(
    forms: str | os.PathLike[str],
    *,
    plan: ScenarioSource | None = None,
    pool: str = "linear",
    folder: str | os.PathLike[str] | None = None,
) -> Opinions:
    """Pool the forms of experts, and show where they disagree.

    Parameters
    ----------
    forms : str or path
        A folder with the filled-in forms that :func:`elicit` made, one an expert.
    plan : str, path, mapping or Scenario, optional
        The plan that was asked about, by which tasks and units are checked.
    pool : str
        ``linear`` (each future is drawn from one expert) or ``quantile`` (percentiles are averaged).
    folder : str or path, optional
        As for :func:`read`.

    Returns
    -------
    Opinions
        ``.tasks`` has the durations as a scenario says them, ``.document`` all numbers.

    Raises
    ------
    riskengine.ScenarioError
        With every fault of every form in ``.issues``.
    riskengine.UsageError
        If there is no such pool.
    """
    from riskengine.api.scenario import read
    from riskengine.elicitation.answer import collect

    return collect(forms, None if plan is None else read(plan, folder), pool)


def elicit(
    plan: ScenarioSource,
    *,
    team: str | None = None,
    expert: str = "",
    folder: str | os.PathLike[str] | None = None,
) -> bytes:
    """Make a blind form for an expert: durations by P10, most likely value and P90.

    Parameters
    ----------
    plan : str, path, mapping or Scenario
        Whatever :func:`read` takes.
    team : str, optional
        Ask about the tasks of a team only.
    expert : str
        Who is to fill it in; empty where that is to be written.
    folder : str or path, optional
        As for :func:`read`.

    Returns
    -------
    bytes
        A workbook, .xlsx.

    Raises
    ------
    riskengine.ScenarioError
        As for :func:`simulate`.
    riskengine.UsageError, riskengine.MachineError
        If there is no task to ask about; if the library that writes workbooks is not installed.
    """
    from riskengine.api.scenario import read
    from riskengine.elicitation.answer import elicit

    return elicit(read(plan, folder), team, expert)


def contributions(
    source: ScenarioSource | Run,
    *,
    rule: str = "shapley",
    players: Sequence[str] = ("estimates", "risk", "correlation", "weather", "existence", "levelling"),
    by: str = "",
    at: str = "p80",
    target: str = "project",
    orders: int = 64,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    memory_share: float = 1.0,
    folder: str | os.PathLike[str] | None = None,
) -> Contributions:
    """Say what each risk, and each other source of risk, contributes to finish, cost and gates.

    Parameters
    ----------
    source : str, path, mapping, Scenario or Run
        As for :func:`compare`.
    rule : str
        ``shapley`` (what a player adds on average over all orders), ``remove-one``, ``add-one`` or ``greedy``.
    players : sequence of str
        Kinds of what is switched off and on.
    by : str
        ``wbs``, ``team``, ``owner``, ``tag`` or ``task``: groups of tasks whose estimates are a player each.
    at : str
        ``mean``, ``p50``, ``p80`` or ``p90``: what ``greedy`` goes by, and what ``.text()`` prints.
    target : str
        Whose finish it is.
    orders : int
        How many are drawn for ``shapley`` with more than 12 players.
    iterations, seed, method, threads, progress, memory_share, folder
        As for :func:`simulate`.

    Returns
    -------
    Contributions

    Raises
    ------
    riskengine.ScenarioError, riskengine.MachineError, riskengine.ResultsError, riskengine.UsageError
        As for :func:`compare`, or if something is asked for that there is not.
    """
    from riskengine.api.contributing import Choice, contribute
    from riskengine.api.simulating import SimulationOptions

    choice = Choice(rule=rule, kinds=tuple(players), by=by, at=at, target=target, orders=orders)
    options = SimulationOptions(iterations, seed, method, threads=threads, progress=progress, memory_share=memory_share)
    return contribute(source, options, folder, choice)


def drivers(
    source: ScenarioSource | Run,
    *,
    target: str = "project",
    top: int = 15,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    memory_share: float = 1.0,
    folder: str | os.PathLike[str] | None = None,
) -> Drivers:
    """Say what drives the finish, the cost and each gate, in days, money and chances.

    Parameters
    ----------
    source : str, path, mapping, Scenario or Run
        Whatever :func:`read` takes, a run, or the path of its results folder. A run says itself from which seed, by
        which method and how many iterations; what is given here then does not count.
    target : str
        ``project``, or the id of a target of the scenario: whose finish it is about.
    top : int
        Inputs and tasks that ``.text()`` and ``.document`` have at the most; ``.table(name)`` has all.
    iterations, seed, method, threads, progress, memory_share, folder
        As for :func:`simulate`.

    Returns
    -------
    Drivers
        ``.words`` has it in sentences, ``.table("drivers")`` a row for each input.

    Raises
    ------
    riskengine.ScenarioError, riskengine.MachineError, riskengine.ResultsError, riskengine.UsageError
        As for :func:`compare`; and if there is no such target.

    Notes
    -----
    Whatever is drawn is drawn again from its stream. docs/semantics.md, 7.9, has the formulas.
    """
    from riskengine.api.driving_source import drivers
    from riskengine.api.simulating import SimulationOptions

    options = SimulationOptions(
        iterations=iterations,
        seed=seed,
        method=method,
        threads=threads,
        progress=progress,
        memory_share=memory_share,
    )
    return drivers(source, options, folder, target, top)


def mitigate(
    source: ScenarioSource,
    *,
    budget: float | None = None,
    most: int | None = None,
    minimise: str = "p80-finish",
    reach: str | None = None,
    iterations: int = 10_240,
    seed: int = 1,
    method: str = "sobol",
    threads: int | None = None,
    progress: Callable[[int, int, str], None] | None = None,
    memory_share: float = 1.0,
    folder: str | os.PathLike[str] | None = None,
) -> Mitigation:
    """Say which actions of a plan to buy; docs/command-line.md tells how.

    Parameters
    ----------
    source : str, path, mapping or Scenario
        Whatever :func:`read` takes. Actions in force are bought already, and stay.
    budget : float, optional [currency]
        Prices of the actions come to so much at the most; any amount by default. A price is a cost of the plan, too.
    most : int, optional
        So many actions at the most.
    minimise : str
        ``p80-finish``, ``p80-cost``, ``mean-cost`` (with damages, bonuses and prices), ``worst-finish`` or
        ``worst-cost`` (the mean of the worst fifth of the iterations).
    reach : str, optional
        Id of a gate whose confidence is to be reached at least cost, in place of minimising.
    iterations, seed, method, threads, progress, memory_share, folder
        As for :func:`simulate`.

    Returns
    -------
    Mitigation
        ``.actions`` are the ids of the best set, ``.scenario`` is the plan with them in force.

    Raises
    ------
    riskengine.ScenarioError, riskengine.MachineError
        As for :func:`simulate`.
    riskengine.UsageError
        If there is no action to choose, no such gate, or more sets of actions than can all be run.
    """
    from riskengine.api.mitigation import mitigate, wish_of
    from riskengine.api.simulating import SimulationOptions

    options = SimulationOptions(
        iterations=iterations,
        seed=seed,
        method=method,
        threads=threads,
        progress=progress,
        memory_share=memory_share,
    )
    return mitigate(source, wish_of(budget, most, minimise, reach), options, folder)
