"""``riskengine backtest``: forecasts of the past, from what was known then."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from riskengine.cli.input import options
from riskengine.cli.input.history_options import PeriodLength
from riskengine.cli.input.item_options import Day, check_zone
from riskengine.cli.output import console, exits

if TYPE_CHECKING:
    from datetime import date

MOST_AHEAD = 52


@click.command("backtest")
@click.argument("done", type=click.Path(path_type=Path))
@click.option("--map", "map_name", default="", metavar="MAP", help="Map of the tool, as for import.")
@click.option("--as-of", "data_date", type=Day(), required=True, help="Day that the items were exported.")
@click.option("--history", "period", type=PeriodLength(), default="1w", show_default=True, help="Length of a period.")
@click.option(
    "--ahead",
    type=click.IntRange(1, MOST_AHEAD),
    multiple=True,
    default=(1, 4),
    show_default=True,
    metavar="N",
    help="Periods that are forecast; again for several.",
)
@click.option("--by", type=click.Choice(("team", "type", "epic")), help="For each team, type or epic by itself.")
@click.option(
    "--bulk",
    type=click.Choice(("refuse", "keep")),
    default="refuse",
    show_default=True,
    help="What becomes of a history of which two fifths were closed on one day.",
)
@click.option("--dates", type=click.Choice(("dmy", "mdy", "ymd")), help="Order of dates of numbers.")
@click.option("--zone", default="", metavar="ZONE", help="Convert instants to this time zone.")
@click.option("--encoding", default="", metavar="NAME", help="Encoding of a CSV file, where it is guessed wrongly.")
@options.json_option
def command(done: Path, map_name: str, data_date: "date", ahead: tuple[int, ...], is_json: bool, **others: Any) -> int:
    """Replay the history of done items: what forecasts would have been worth.

    DONE is an export of work items with the dates at which they were done, and at which they began. At each past date
    the next periods are forecast from those before it alone: how many items, and when as many as the mean says. Where
    there are starts, how long each item takes is forecast when it begins. Says how many came out from P10 to P90,
    whether forecasts were too narrow, too wide, too high or too low, and what the pinball loss was, with intervals. A
    question with fewer than 10 forecasts is not judged; if none has as many, exits 3.
    """
    from riskengine.calibration.backtest import backtest
    from riskengine.importers.items.options import MAPS, ItemOptions
    from riskengine.importers.items.throughput import HistoryOptions

    check_zone(others["zone"])
    items = ItemOptions(
        map=map_name if not map_name or map_name in MAPS else Path(map_name),
        data_date=data_date,
        dates=others["dates"] or "",
        zone=others["zone"],
        encoding=others["encoding"],
    )
    request = HistoryOptions(others["period"], others["by"] or "", keeps_bulk=others["bulk"] == "keep")
    answer = backtest(done, items, request, sorted(set(ahead)))
    for note in answer.notes:
        console.note(note)
    if is_json:
        console.document(answer.document)
    else:
        console.answer(answer.text(console.width()))
    return exits.DONE
