"""``riskengine outside-view``: a plan beside projects that are finished."""

from pathlib import Path

import click

from riskengine.cli.input import options
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import console, exits
from riskengine.cli.plan_or_run import refuse_to_keep, run_at


@click.command("outside-view")
@click.argument("source", type=ScenarioPath())
@click.option(
    "--past-durations",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Finished projects, CSV or a workbook with the columns estimate and actual: how long they lasted.",
)
@click.option("--past-costs", type=click.Path(path_type=Path), metavar="FILE", help="The same of what they cost.")
@click.option(
    "--green-book",
    metavar="KIND",
    help="Kind of project whose uplift is applied: standard-buildings, non-standard-buildings, "
    "standard-civil-engineering, non-standard-civil-engineering or equipment-and-development.",
)
@options.target_option
@options.drawing_options
@options.keep_option
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    past_durations: Path | None,
    past_costs: Path | None,
    green_book: str | None,
    target: str,
    run_options: options.RunOptions,
    has_to_keep: bool,
    is_json: bool,
) -> int:
    """Hold a plan against finished projects: what they took, and how many kept such limits.

    SOURCE is a results folder, or a plan, which is simulated first. Says how many times its estimate a finished project
    took; which dates and amounts that makes of this plan, beside the percentiles of the simulation; and how many
    finished projects stayed within as much as the simulated P80, and each gate, allow. With --green-book, where the
    uplift of such projects leads, and how often the simulation keeps that.

    The duration counts in calendar time from the start, or from the data date of a plan under way, whose cost is left
    out. Fewer than 10 finished projects say nothing: exits 3. Nothing is written but what --keep asks for.
    """
    refuse_to_keep(has_to_keep, source)
    run = run_at(source, run_options, ctx)
    answer = run.outside_view(past_durations, past_costs, green_book=green_book, target=target)
    if has_to_keep:
        answer.keep(source)
    if is_json:
        console.document(answer.document)
    else:
        console.answer(answer.text(console.width()))
    return exits.DONE
