"""``riskengine contingency``: what a confidence takes beyond the plan, and whose it is."""

from pathlib import Path

import click

from riskengine.cli.input import options
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import console, exits
from riskengine.cli.plan_or_run import refuse_to_keep, run_at


@click.command("contingency")
@click.argument("source", type=ScenarioPath())
@click.option(
    "--confidence",
    type=float,
    metavar="SHARE",
    default=0.8,
    show_default=True,
    help="Probability with which finish and cost are to be kept, each by itself; above 0 and below 1.",
)
@options.target_option
@options.drawing_options
@options.keep_option
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    confidence: float,
    target: str,
    run_options: options.RunOptions,
    has_to_keep: bool,
    is_json: bool,
) -> int:
    """Say what a confidence takes beyond the plan, and whose it is.

    SOURCE is a results folder, or a plan, which is simulated first. Says how many days and how much money lie between
    the plan, or the mean, and the percentile of --confidence; whose they are, risk by risk, and of the money by element
    of the WBS and by task, in parts that add up; what of the money is still needed after each month of the plan; and
    what setting as much aside for every part by itself would come to.

    What a task costs in each iteration is in no folder: the scenario in it is simulated again. Exits 0 when it is done.
    Nothing is written but what --keep asks for.
    """
    refuse_to_keep(has_to_keep, source)
    answer = run_at(source, run_options, ctx).contingency(confidence, target=target)
    if has_to_keep:
        answer.keep(source)
    if is_json:
        console.document(answer.document)
    else:
        console.answer(answer.text(console.width()))
    return exits.DONE
