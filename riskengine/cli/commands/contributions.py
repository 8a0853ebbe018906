"""``riskengine contributions``: what each source of risk contributes to finish, cost and gates."""

from pathlib import Path
from typing import Final

import click

from riskengine.cli.input import options
from riskengine.cli.input.counts import Count
from riskengine.cli.input.scenario_input import input_name
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.input.switches import Ids
from riskengine.cli.machine import check_address_space
from riskengine.cli.output import console, exits
from riskengine.cli.output.progress import Progress
from riskengine.cli.plan_or_run import refuse_options_of_runs, refuse_to_keep, side_of

RULES: Final = ("shapley", "remove-one", "add-one", "greedy")
GROUPINGS: Final = ("wbs", "team", "owner", "tag", "task")
KINDS: Final = ("estimates", "risk", "correlation", "weather", "existence", "levelling")
STATISTICS: Final = ("mean", "p50", "p80", "p90")


@click.command("contributions")
@click.argument("plan", type=ScenarioPath())
@click.option(
    "--rule", type=click.Choice(RULES), default="shapley", show_default=True, help="What counts as a contribution."
)
@click.option(
    "--players",
    type=Ids(),
    metavar="KINDS",
    default=KINDS,
    help=f"What is switched off and on, with commas between: {', '.join(KINDS)} (default: all there is).",
)
@click.option("--by", type=click.Choice(GROUPINGS), help="Groups of tasks whose estimates are a player each.")
@click.option(
    "--at",
    type=click.Choice(STATISTICS),
    default="p80",
    show_default=True,
    help="What is printed, and what greedy goes by.",
)
@click.option("--target", metavar="ID", default="project", show_default=True, help="Whose finish it is.")
@click.option(
    "--orders",
    type=Count(4, 200_000),
    metavar="N",
    default=64,
    show_default=True,
    help="Orders that are drawn for shapley with more than 12 players.",
)
@options.drawing_options
@options.keep_option
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    plan: Path,
    rule: str,
    players: tuple[str, ...],
    by: str | None,
    at: str,
    target: str,
    orders: int,
    run_options: options.RunOptions,
    has_to_keep: bool,
    is_json: bool,
) -> int:
    """Say what each risk, the estimates, correlation, lost days, branches and levelling contribute.

    PLAN is a scenario, or the results folder of a run, which says itself how many iterations, and from which seed. What
    lies between the plan and P80 of finish and cost is shared out, and so are mean, P50 and P90 and the probability of
    each gate: every player is switched off and on, and the same futures are run again. Each part has an interval.

    By the rule shapley a part is what a player adds on average over all orders in which they can be switched on; the
    parts add up. With more than 12 players as many orders are drawn as --orders says, each second one the reverse of
    the one before. remove-one is what is taken away by switching off one alone, add-one what is added by switching on
    one alone, and greedy switches off what takes away most, then what takes away most of the rest, and so on.

    Exits 0 when it is done. Nothing is written but what --keep asks for.
    """
    from riskengine.api.contributing import Choice, contribute_side

    check_address_space()
    refuse_to_keep(has_to_keep, plan)
    if plan.is_dir():
        refuse_options_of_runs(ctx)
    side = side_of(plan, input_name(plan), run_options)
    choice = Choice(rule=rule, kinds=players, by=by or "", at=at, target=target, orders=orders)
    with Progress() as progress:
        contributions = contribute_side(
            side,
            run_options.simulation(progress),
            choice,
        )
    if has_to_keep:
        contributions.keep(plan)
    if is_json:
        console.document(contributions.document)
    else:
        has_blocks = console.can_show("".join(("█", "▒", "│")))
        console.answer(contributions.text(console.width(), has_blocks))
    return exits.DONE
