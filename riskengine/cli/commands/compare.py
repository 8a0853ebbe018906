"""``riskengine compare``: what one plan changes against another, on the same random numbers."""

from pathlib import Path

import click

from riskengine.cli.input import options
from riskengine.cli.input.scenario_input import labels_of
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.machine import check_address_space
from riskengine.cli.output import console, exits
from riskengine.cli.output.progress import Progress
from riskengine.cli.plan_or_run import refuse_options_of_runs, side_of


@click.command("compare")
@click.argument("before", type=ScenarioPath())
@click.argument("after", type=ScenarioPath())
@options.drawing_options
@click.option("--bridge", "has_bridge", is_flag=True, help="Say what each group of changes adds to P80.")
@options.json_option
@click.pass_context
def command(
    ctx: click.Context, before: Path, after: Path, run_options: options.RunOptions, has_bridge: bool, is_json: bool
) -> int:
    """Say what one plan changes against another, on the same random numbers.

    Both are plans, or results folders of runs from one seed by one method, or one of each; a folder says itself how
    many iterations, and from which seed. What differs is afterwards less before, at P50, P80, P90 and the mean of
    finish and cost, and in the probability of each gate that both plans have, each with an interval that counts in
    that both plans had the same futures.

    With --bridge, the movement of P80 is shared out to progress, logic, durations, risks, calendars, resources and
    cost, each as what it adds on average over all orders in which they can be changed. That takes a run for each set
    of the groups that differ, 128 where all do.

    Exits 0 when it is done, whatever the gates say. Nothing is written.
    """
    from riskengine.api.comparing import compare_sides

    check_address_space()
    labels = labels_of(before, after)
    if before.is_dir() or after.is_dir():
        refuse_options_of_runs(ctx)
    sides = [side_of(path, label, run_options) for path, label in zip((before, after), labels, strict=True)]
    with Progress() as progress:
        comparison = compare_sides(
            sides[0],
            sides[1],
            run_options.simulation(progress),
            has_bridge,
        )
    if is_json:
        console.document(comparison.document)
    else:
        console.answer(comparison.text(console.width()))
    return exits.DONE
