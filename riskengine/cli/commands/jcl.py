"""``riskengine jcl``: how sure it is that a date and an amount are kept at once."""

from pathlib import Path

import click

from riskengine.cli.input import options
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import console, exits
from riskengine.cli.plan_or_run import run_at


@click.command("jcl")
@click.argument("source", type=ScenarioPath())
@click.option(
    "--level",
    type=float,
    metavar="SHARE",
    default=0.7,
    show_default=True,
    help="Probability for both that dates and amounts are looked for, above 0 and below 1.",
)
@click.option("--finish", metavar="DATE", help="A date to keep, such as 2028-06-30: how often, or what money it takes.")
@click.option("--cost", type=float, metavar="AMOUNT", help="An amount to keep: how often, or which date it takes.")
@options.target_option
@options.drawing_options
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    source: Path,
    level: float,
    finish: str | None,
    cost: float | None,
    target: str,
    run_options: options.RunOptions,
    is_json: bool,
) -> int:
    """Say how sure it is that a date and an amount are kept at once.

    SOURCE is a results folder, or a plan, which is simulated first. Says how often the plan keeps both its date and
    its cost (its joint confidence level), and each gate that asks for both; which dates with which amounts keep both
    with the probability of --level; and the percentile that finish and cost must have alike for it. With --finish and
    --cost, how often that pair is kept, and how often one where the other is; with one of them, what the other has to
    be.

    Exits 0 when it is done, whatever it says. Nothing is written.
    """
    joint = run_at(source, run_options, ctx).jcl(level, finish=finish, cost=cost, target=target)
    if is_json:
        console.document(joint.document)
    else:
        console.answer(joint.text(console.width()))
    return exits.DONE
