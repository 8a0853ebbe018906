"""A plan at several levels of one common rank correlation: a run each, and one table of all."""

import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from riskengine.cli import answer
from riskengine.cli.input.options import OutputOptions, RunOptions
from riskengine.cli.input.scenario_input import input_name
from riskengine.cli.machine import check_address_space, check_disk
from riskengine.cli.output import console
from riskengine.cli.output.progress import Progress

if TYPE_CHECKING:
    from riskengine.model import Scenario
    from riskengine.plan.correlation.common_rank import CommonMembers

AS_WRITTEN: Final = "as-written"
SUFFIX: Final = "-rho"
MOST_NAMED: Final = 3


def stress_and_print(
    scenario: Path, levels: Sequence[float], run_options: RunOptions, output_options: OutputOptions
) -> None:
    """Simulate a scenario as it is written and at each level, write the results, and print one table.

    Parameters
    ----------
    scenario : path
        File of the scenario.
    levels : sequence of float
        Rank correlations from 0 to 1, rising.
    run_options : RunOptions
    output_options : OutputOptions
        The folder takes a results folder for each run, and the tables of a batch.

    Raises
    ------
    ScenarioError, UsageError, ResultsError
    """
    from riskengine.analysis import portfolio_gates_table, portfolio_row, portfolio_table
    from riskengine.plan.correlation.common_rank import common_members, with_common_rank
    from riskengine.report.answers import stress
    from riskengine.results.folder.portfolio import NAME, write_portfolio

    check_address_space()
    folder = _folder(scenario, output_options)
    _, model = answer.read_as_asked(scenario, run_options)
    members = common_members(model)
    refuse_unfit(scenario, members)
    run_options = run_options.without_gates(model)
    runs: list[tuple[float | None, str, Scenario]] = [(None, AS_WRITTEN, model)]
    runs += [(level, f"rho-{level:g}", with_common_rank(model, level, members)) for level in levels]
    rows: list[dict[str, Any]] = []
    for level, key, each in runs:
        with contextlib.ExitStack() as lock:
            place = None if folder is None else lock.enter_context(answer.claimed(folder / key))
            if folder is not None:
                check_disk(folder / key, each, run_options.most_iterations)
            with Progress() as progress:
                run = answer.compute(each, run_options, progress)
            if place is not None:
                from riskengine.results.folder.store import write_claimed

                write_claimed(place, run)
            rows.append({**portfolio_row(key, str(scenario), run), "rho": level})
    if folder is not None:
        write_portfolio(folder, portfolio_table(rows), portfolio_gates_table(rows))
    if output_options.form.is_json:
        console.document(stress.document(rows, len(members.durations), len(members.costs)))
    else:
        console.answer(stress.render(rows, (len(members.durations), len(members.costs)), console.width()))
    if folder is not None:
        console.note(f"a results folder for each level in {folder}, all levels in {folder / NAME}")


def _folder(scenario: Path, output_options: OutputOptions) -> Path | None:
    """Return the folder that takes the levels, ``results/<name of the file>-rho`` where none is named."""
    if output_options.no_write:
        return None
    return output_options.folder or answer.RESULTS / f"{input_name(scenario)}{SUFFIX}"


def refuse_unfit(scenario: Path, members: "CommonMembers") -> None:
    """Refuse a plan without two members, or with durations that no rank is for.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError
    from riskengine.errors.counting import first_names

    if members.mixed:
        names = first_names(members.mixed, MOST_NAMED)
        message = f"{scenario}: --rho is not for tasks whose people, productivity or rate_per_day vary: {names}"
        raise UsageError(message, "RE905")
    if len(members.durations) + len(members.costs) < 2:
        raise UsageError(f"{scenario}: --rho needs at least two uncertain durations or costs", "RE905")
