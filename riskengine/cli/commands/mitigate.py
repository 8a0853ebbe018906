"""``riskengine mitigate``: which actions of a plan to buy."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from riskengine.cli import answer
from riskengine.cli.input import options
from riskengine.cli.input.counts import Count
from riskengine.cli.input.scenario_input import STDIN
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.machine import check_address_space
from riskengine.cli.output import atomic_write, console, exits
from riskengine.cli.output.progress import Progress

if TYPE_CHECKING:
    from riskengine.api.mitigation import Mitigation

AIMS: Final = ("p80-finish", "p80-cost", "mean-cost", "worst-finish", "worst-cost")
STATUS: Final = {"GO": exits.DONE, "NO-GO": exits.NO_GO, "UNDECIDED": exits.UNDECIDED}
SUFFIX: Final = ".toml"


@click.command("mitigate")
@click.argument("scenario", type=ScenarioPath())
@click.option("--budget", type=float, metavar="AMOUNT", help="Prices of the actions come to so much at the most.")
@click.option("--most", type=Count(0, 1_000_000), metavar="N", help="Buy so many actions at the most.")
@click.option(
    "--minimise",
    type=click.Choice(AIMS),
    default=AIMS[0],
    show_default=True,
    help="What is to be as small as possible; worst-... is the mean of the worst fifth of the futures.",
)
@click.option(
    "--reach", metavar="GATE", help="Reach the confidence of this gate at least cost, in place of minimising."
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write a scenario that extends this one and puts the best set into force.",
)
@options.drawing_options
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    /,
    scenario: Path,
    run_options: options.RunOptions,
    *,
    budget: float | None,
    most: int | None,
    minimise: str,
    reach: str | None,
    output: Path | None,
    is_json: bool,
) -> int:
    """Say which actions to buy: the best set of all that a budget allows.

    A set also keeps to what its actions need and exclude. Actions in force are bought already and stay; the others
    are chosen from. Each set is run on the same random numbers. What is said of the best set is against the plan as
    it is: days and money with intervals, each gate before and after, what each amount buys at the best, which sets
    cannot be told from the best, what each action brings for its price, and how much better somebody would do who
    knew the future. The price of an action is a cost of the plan, and stands in every cost that is shown.

    With --reach, exits 0 when the gate is reached, 10 when no set within the budget reaches it, and 11 when that cannot
    be told; else exits 0. Nothing is written but the file of -o.
    """
    from riskengine.api.mitigation import mitigate, wish_of

    if reach is not None and ctx.get_parameter_source("minimise") is click.core.ParameterSource.COMMANDLINE:
        raise click.UsageError("--reach and --minimise exclude each other")
    wish = wish_of(budget, most, minimise, reach)
    if output is not None:
        require_place(output, scenario)
    check_address_space()
    _, model = answer.read_as_asked(scenario, run_options)
    with Progress() as progress:
        mitigation = mitigate(
            model,
            wish,
            run_options.simulation(progress),
        )
    if is_json:
        console.document(mitigation.document)
    else:
        console.answer(mitigation.text(console.width()))
    if output is not None:
        atomic_write.write_new(output, overlay(mitigation, scenario, output))
        console.note(f"next: riskengine decide {output}")
    return STATUS[mitigation.answer] if mitigation.answer else exits.DONE


def require_place(output: Path, scenario: Path) -> None:
    """Refuse a file that cannot extend the scenario, or is there already.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError

    if scenario == STDIN:
        raise click.UsageError("-o is for a scenario in a file: what standard input says cannot be extended")
    if output.suffix.casefold() != SUFFIX:
        raise UsageError(f"{output} must end in {SUFFIX}: that is how a scenario is known", "RE108")
    if not (scenario.parent.resolve() / scenario.name).is_relative_to(output.parent.resolve()):
        raise UsageError(
            f"{output} must lie in the folder of {scenario}, or above it: a scenario extends what lies beside or below",
            "RE634",
        )
    atomic_write.refuse_existing(output)


def overlay(mitigation: "Mitigation", scenario: Path, output: Path) -> str:
    """Return a scenario that extends another and puts the best set into force."""
    from riskengine.importers.to_scenario.toml_text import quoted

    extended = (scenario.parent.resolve() / scenario.name).relative_to(output.parent.resolve()).as_posix()
    lines = ["# written by riskengine mitigate", "schema = 1", f"extends = {quoted(extended)}"]
    lines += [f"\n[actions.{quoted(name)}]\nactive = true" for name in mitigation.actions]
    return "\n".join([*lines, ""])
