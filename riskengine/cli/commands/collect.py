"""``riskengine collect``: what experts say together, and where they disagree."""

from pathlib import Path

import click

from riskengine.cli.input import options
from riskengine.cli.input.shell_files import ScenarioPath
from riskengine.cli.output import atomic_write, console, exits


@click.command("collect")
@click.argument("forms", type=click.Path(path_type=Path))
@click.option(
    "--plan", type=ScenarioPath(), metavar="PLAN", help="The plan that was asked about: tasks and units are checked."
)
@click.option(
    "--pool",
    type=click.Choice(["linear", "quantile"]),
    default="linear",
    show_default=True,
    help="Draw from one expert in each future, or average their percentiles.",
)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Write the durations into a new .toml file."
)
@options.json_option
def command(forms: Path, plan: Path | None, pool: str, output: Path | None, is_json: bool) -> int:
    """Pool the forms of experts, and show where they disagree.

    FORMS is a folder with the filled-in forms of riskengine elicit, workbooks or CSV files, one an expert. Says what
    they expect of each task together, how much of the variance is disagreement, and draws the tasks on which they are
    furthest apart. Every fault of every form is told at once.

    With -o, each duration is written as the estimates of all experts, with their names and reasons as sources: a
    mixture (linear) or an average (quantile). With --plan the file extends the plan.
    """
    from riskengine.cli.commands.calibrate import require_new
    from riskengine.cli.commands.mitigate import require_place
    from riskengine.cli.input.scenario_input import read_input
    from riskengine.elicitation.answer import collect

    extended = ""
    if output is not None and plan is not None:
        require_place(output, plan)
        extended = (plan.parent.resolve() / plan.name).relative_to(output.parent.resolve()).as_posix()
    elif output is not None:
        require_new(output)
    scenario = None if plan is None else read_input(plan, []).scenario
    opinions = collect(forms, scenario, pool)
    for note in opinions.notes:
        console.note(note)
    if is_json:
        console.document(opinions.document)
    else:
        from riskengine.report.text.chart import BLOCKS

        console.answer(opinions.text(console.width(), console.can_show(BLOCKS.curve + BLOCKS.level + BLOCKS.upright)))
    if output is not None:
        atomic_write.write_new(output, opinions.overlay(extended))
        console.note(f"durations in {output}")
    return exits.DONE
