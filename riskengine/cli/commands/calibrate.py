"""``riskengine calibrate``: forecasts against what happened."""

from pathlib import Path

import click

from riskengine.cli.input import options
from riskengine.cli.output import atomic_write, console, exits


@click.command("calibrate")
@click.argument("finished", type=click.Path(path_type=Path))
@click.option("--by", type=click.Choice(["team"]), help="Say it of each team by itself.")
@click.option(
    "--shape",
    type=click.Choice(["pert", "triangular"]),
    default="pert",
    show_default=True,
    help="Shape of estimates with a most likely value.",
)
@click.option("--low-is", metavar="P10", help="Percentile that a low is whose heading names none (default: the bound).")
@click.option("--high-is", metavar="P90", help="Percentile that a high is whose heading names none.")
@click.option(
    "--hours-per-day", type=float, metavar="HOURS", help="Working hours of a day, to read days and hours together."
)
@click.option(
    "--map",
    "item_map",
    metavar="NAME|FILE",
    help="Map of a tool's columns, states and units: jira, azure-devops and others of import, or a .toml file.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write ranges for items to come, templates and drivers, into a new .toml file that a scenario extends.",
)
@options.json_option
def command(
    finished: Path,
    by: str | None,
    shape: str,
    low_is: str | None,
    high_is: str | None,
    hours_per_day: float | None,
    item_map: str | None,
    output: Path | None,
    is_json: bool,
) -> int:
    """Hold finished work against its estimates: how sure they were, and what the next ones need.

    FINISHED is a table of items that are done, CSV or a workbook, with the columns actual and estimate, or low, likely
    and high (or P10 and P90) in place of a single estimate; id, team, sprint, status, created and finished are read
    where they are there. Headings of Jira and others are understood.

    Says what actuals came to of their estimates; where in the forecasts they fell, how many from P10 to P90, pinball
    loss and CRPS; and by how much ranges have to be moved and widened, never with fewer than 20 of them. Data that look
    wrong are named. With -o, a lognormal for each item and, where sprints are named, a driver of what items of a sprint
    share are written of each team. Nobody with fewer than 10 items is judged; if nobody has as many, exits 3.
    """
    from riskengine.calibration.answer import calibrate, reading_options

    reading = reading_options(shape, low_is, high_is, hours_per_day, item_map)
    if output is not None:
        require_new(output)
    calibration = calibrate(finished, "team" if by == "team" else None, reading)
    ranges = "" if output is None else calibration.ranges
    for note in calibration.notes:
        console.note(note)
    if is_json:
        console.document(calibration.document)
    else:
        from riskengine.report.text.chart import BLOCKS

        has_blocks = console.can_show(BLOCKS.bars + BLOCKS.upright)
        console.answer(calibration.text(console.width(), has_blocks))
    if output is not None:
        atomic_write.write_new(output, ranges)
        console.note(f'ranges in {output}: a scenario takes them with extends = "{output.name}"')
    return exits.DONE


def require_new(output: Path) -> None:
    """Refuse a file that is there already, or that no scenario can extend.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError

    if output.suffix.casefold() != ".toml":
        raise UsageError(f"{output} must end in .toml: that is how a scenario is known", "RE108")
    atomic_write.refuse_existing(output)
