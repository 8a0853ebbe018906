"""``riskengine drivers``: what drives finish, cost and each gate."""

from pathlib import Path

import click

from riskengine.cli.input import options
from riskengine.cli.input.counts import Count
from riskengine.cli.input.scenario_input import input_name
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.machine import check_address_space
from riskengine.cli.output import console, exits
from riskengine.cli.output.progress import Progress
from riskengine.cli.plan_or_run import refuse_options_of_runs, refuse_to_keep, side_of

SHOWN = 15
MOST_SHOWN = 1_000_000


@click.command("drivers")
@click.argument("source", type=ScenarioPath())
@click.option(
    "--target",
    metavar="ID",
    default="project",
    show_default=True,
    help="Whose finish it is about: the project, or a target of the plan.",
)
@click.option(
    "--top",
    type=Count(1, MOST_SHOWN),
    metavar="N",
    default=SHOWN,
    show_default=True,
    help="Inputs and tasks that are shown at the most.",
)
@options.drawing_options
@options.keep_option
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    target: str,
    top: int,
    run_options: options.RunOptions,
    has_to_keep: bool,
    is_json: bool,
) -> int:
    """Say what drives finish, cost and each gate, in days and money.

    SOURCE is a plan, or the results folder of a run; a folder says itself how many iterations, and from which seed.
    Whatever the run drew (durations, lags, costs, risks and their effects, which tasks exist) is drawn again from its
    stream, and held against the finish, the cost and the gates: the mean where an input is in its lowest and in its
    highest tenth, or where a risk does not occur and does, the swing between them, the rank correlation, the share of
    the variance that it explains by itself, and how the chance to pass moves. Then the tasks, by criticality, SSI,
    cruciality in both definitions, and significance. Everything has an interval; --json has all of them.

    Exits 0 when it is done, whatever the gates say. Nothing is written
    but what --keep asks for.
    """
    from riskengine.api.driving_source import drivers_of_side

    check_address_space()
    refuse_to_keep(has_to_keep, source)
    if source.is_dir():
        refuse_options_of_runs(ctx)
    side = side_of(source, input_name(source), run_options)
    with Progress() as progress:
        answer = drivers_of_side(
            side,
            run_options.simulation(progress),
            target,
            top,
        )
    if has_to_keep:
        answer.keep(source)
    if is_json:
        console.document(answer.document)
    else:
        console.answer(answer.text(console.width()))
    return exits.DONE
