"""``riskengine teams``: who must not slip, and what an absence would cost."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskengine.cli.input import options
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.machine import check_address_space
from riskengine.cli.output import atomic_write, console, exits
from riskengine.cli.output.progress import Progress
from riskengine.cli.plan_or_run import refuse_options_of_runs, refuse_to_keep, run_at, side_of

if TYPE_CHECKING:
    from riskengine.api.comparing import Comparison
    from riskengine.api.teams import Teams


@click.command("teams")
@click.argument("source", type=ScenarioPath())
@click.option(
    "-o",
    "--output",
    "folder",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Write a page of Markdown for each into this folder, to be sent.",
)
@click.option(
    "--absence",
    "absences",
    multiple=True,
    metavar="WHO FROM..TO",
    help='What if somebody were away: "ana 2027-05-03..2027-05-24"; may be given several times.',
)
@options.drawing_options
@options.keep_option
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    run_options: options.RunOptions,
    folder: Path | None,
    absences: tuple[str, ...],
    has_to_keep: bool,
    is_json: bool,
) -> int:
    """Say who must not slip: teams, owners and resources, by month, and what they hand over.

    SOURCE is a results folder, or a plan, which is then simulated. Of each: how often its work is on the longest path
    to the finish, and how often in each month, of the iterations in which it has work there; its working days a
    month; and the P80 of the tasks that others wait for.

    With --absence, the run is compared with one in which nobody works on the tasks of a person (a resource, an owner
    or a team) on those days, first and last included, on the same random numbers; nothing else is printed.
    """
    if absences and folder is not None:
        raise click.UsageError("-o is for pages, which are not made of an absence")
    refuse_to_keep(has_to_keep, source)
    if absences and has_to_keep:
        raise click.UsageError("--keep is for what a run says, and an absence is another plan")
    if absences:
        comparison = compared_with(absences, source, run_options, ctx)
        if is_json:
            console.document(comparison.document)
        else:
            console.answer(comparison.text(console.width()))
        return exits.DONE
    teams = run_at(source, run_options, ctx).teams()
    if has_to_keep:
        teams.keep(source)
    if is_json:
        console.document(teams.document)
    else:
        console.answer(teams.text(console.width()))
    if folder is not None:
        write_pages(teams, folder)
    return exits.DONE


def compared_with(
    absences: tuple[str, ...], source: Path, run_options: options.RunOptions, ctx: click.Context
) -> "Comparison":
    """Compare a plan, or the plan of a results folder, with the same plan and some people away."""
    from riskengine.api.comparing import Side, compare_sides
    from riskengine.api.scenario import checked

    check_address_space()
    if source.is_dir():
        refuse_options_of_runs(ctx)
    before = side_of(source, "as planned", run_options)
    after = Side("with the absence", checked(before.scenario).absent(*absences))
    with Progress() as progress:
        asked_options = run_options.simulation(progress)
        return compare_sides(before, after, asked_options)


def write_pages(teams: "Teams", folder: Path) -> None:
    """Write the page of each into a folder, which is made where it is not there.

    Raises
    ------
    ResultsError
    """
    from riskengine.errors import ResultsError
    from riskengine.errors.counting import counted

    pages = teams.pages
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in pages.items():
            atomic_write.write(folder / name, content)
    except OSError as error:
        raise ResultsError(f"{folder}: cannot be written: {error.strerror or error}", "RE706") from error
    console.note(f"{counted(len(pages), 'page')} in {folder}")
