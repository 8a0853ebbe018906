"""``riskengine trace``: any iteration of a run again, bit for bit, and what drove it."""

from pathlib import Path

import click

from riskengine.cli.input import options
from riskengine.cli.input.counts import Count
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import console, exits
from riskengine.cli.plan_or_run import run_at


@click.command("trace")
@click.argument("source", type=ScenarioPath())
@click.option("--iteration", type=Count(0, 10**9), metavar="N", help="Number of the iteration, from 0.")
@click.option("--near", metavar="PERCENTILE", help="The typical iteration next to a percentile, as p80.")
@click.option(
    "--of", "of", metavar="WHAT", default="finish", show_default=True, help="finish, cost, a gate or a target."
)
@click.option("--all", "has_all", is_flag=True, help="List every task, and not those of the driving path alone.")
@options.drawing_options
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    run_options: options.RunOptions,
    iteration: int | None,
    near: str | None,
    of: str,
    has_all: bool,
    is_json: bool,
) -> int:
    """Show one iteration again, bit for bit: what was drawn, which risks occurred, and what drove the finish.

    SOURCE is a results folder, or a plan, which is then simulated. Give --iteration, or --near for the typical one
    of the iterations whose finish (or cost, or the finish of a gate or a target: --of) is next to a percentile: the
    one that is nearest to all others in the dates and costs of its tasks.

    The driving path leads back from the finish, over the relationship, the resource or the constraint that set each
    start, to the first task. What a risk changed is the iteration less the same one without that risk.

    The iteration must have the very finish and cost that the folder holds; where it has not, because another version
    wrote it, that is said, and the exit status is 4. Nothing is written.
    """
    run = run_at(source, run_options, ctx)
    trace = run.trace(iteration, near=near, of=of)
    if is_json:
        console.document(trace.document)
    else:
        console.answer(trace.text(console.width(), has_all))
    return exits.DONE
