"""A run that a command is about: of a results folder, or of a plan that is simulated for it."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click
from click.core import ParameterSource

from riskengine.cli import answer
from riskengine.cli.input.options import RunOptions
from riskengine.cli.input.shell_files import SCENARIOS
from riskengine.cli.machine import check_address_space
from riskengine.cli.output.progress import Progress

if TYPE_CHECKING:
    from riskengine.api.comparing import Side
    from riskengine.api.run import Run

OF_THE_RUN: Final = ("iterations", "seed", "method", "ignores_hard", "is_strict")
"""Options that a results folder leaves no choice of."""


def run_at(path: Path, run_options: RunOptions, ctx: click.Context) -> "Run":
    """Return the run of a results folder, every byte checked, or simulate a plan.

    Raises
    ------
    click.UsageError
        When something is said of iterations or draws although a results folder has its own.
    ResultsError, ScenarioError, MachineError
    """
    if is_results_folder(path):
        refuse_options_of_runs(ctx)
        from riskengine.api.run import open_run

        return open_run(path)
    check_address_space()
    scenario = answer.read_as_asked(path, run_options)[1]
    with Progress() as progress:
        return answer.compute(scenario, run_options, progress)


def is_results_folder(path: Path) -> bool:
    """Whether a path is taken for a results folder, and not for a plan.

    Raises
    ------
    ResultsError
        When there is nothing at the path, whose name is none of a plan.
    """
    if path.suffix.lower() not in SCENARIOS and not path.exists():
        from riskengine.errors import ResultsError

        raise ResultsError(f"{path}: there is no such folder, and no plan of that name", "RE701")
    return path.is_dir()


def refuse_options_of_runs(ctx: click.Context) -> None:
    """Refuse what is said of iterations and draws where a results folder has its own."""
    for parameter in ctx.command.params:
        name = parameter.name or ""
        if name in OF_THE_RUN and ctx.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            raise click.UsageError(f"{max(parameter.opts, key=len)} is for plans: a results folder has its own")


def refuse_to_keep(has_to_keep: bool, path: Path) -> None:
    """Refuse to keep an answer of a plan, before it is computed.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError
    from riskengine.errors.catalogue import CATALOGUE

    if has_to_keep and not path.is_dir():
        raise UsageError(CATALOGUE["RE663"].rule, "RE663", CATALOGUE["RE663"].cure)


def side_of(path: Path, label: str, run_options: RunOptions) -> "Side":
    """Return the plan of a file, or of a results folder."""
    from riskengine.api.comparing import Side, side_of_run
    from riskengine.results.folder.store import open_run

    if is_results_folder(path):
        return side_of_run(open_run(path), label)
    return Side(label, answer.read_as_asked(path, run_options)[1])
