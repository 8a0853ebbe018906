"""Options of ``riskengine import`` for work items of trackers and lists of tasks."""

import functools
import math
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from riskengine.importers.items.options import ItemOptions

MAPS = ("jira", "azure-devops", "github", "gitlab", "linear", "asana", "trello", "list")
HOURS = {"min": 1 / 60, "h": 1.0}


class Day(click.ParamType):  # type: ignore[type-arg]
    """A date such as 2027-03-08."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the date."""
        if isinstance(value, date):
            return value
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = date.min
        if not 1971 <= day.year <= 2899 or len(value) != 10:
            self.fail(f"must be a date such as 2027-03-08, got {value!r}", param, ctx)
        return day


class Length(click.ParamType):  # type: ignore[type-arg]
    """A length of time such as 8h or 2d, as a pair of number and unit."""

    name = "TIME"

    def __init__(self, units: tuple[str, ...]) -> None:
        self.units = units

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[float, str]:
        """Return the number and the unit."""
        if isinstance(value, tuple):
            return value
        unit = next((unit for unit in self.units if value.endswith(unit)), "")
        try:
            number = float(value.removesuffix(unit)) if unit else math.nan
        except ValueError:
            number = math.nan
        if not 0 < number <= 1e6:
            self.fail(f"must be a time above 0 in {', '.join(self.units)}, such as 8h, got {value!r}", param, ctx)
        return number, unit


def show_map(ctx: click.Context, _: click.Parameter, name: str | None) -> None:
    """Print a built-in map and end."""
    if name is None or ctx.resilient_parsing:
        return
    from riskengine.cli.output import console
    from riskengine.importers.items.item_map import map_text

    console.data(map_text(name).rstrip("\n"))
    ctx.exit()


TIME = Length(("min", "h", "d", "w"))
OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--map",
        "map_name",
        default="",
        metavar="MAP",
        help=f"SOURCE holds work items: {', '.join(MAPS)}, or a map FILE.toml.",
    ),
    click.option(
        "--show-map",
        type=click.Choice(MAPS),
        is_eager=True,
        expose_value=False,
        callback=show_map,
        help="Print a built-in map of work items, to be edited and given with --map.",
    ),
    click.option("--as-of", "data_date", type=Day(), help="Data date of work items: the day that they were exported."),
    click.option("--start", type=Day(), help="Start of a list of which nothing has begun, in place of --as-of."),
    click.option("--people", "has_people", is_flag=True, help="Assignees become resources of capacity 1, levelled."),
    click.option(
        "--team-size", type=click.IntRange(1, 10_000), metavar="N", help="People for items that nobody is assigned to."
    ),
    click.option(
        "--focus",
        type=click.FloatRange(0, 1, min_open=True),
        default=1.0,
        metavar="SHARE",
        help="Share of a person's time for these items.",
    ),
    click.option("--missing", type=TIME, help="What an item without an estimate takes."),
    click.option("--point", type=TIME, help="What a story point takes."),
    click.option("--day", type=Length(("h",)), default="8h", show_default=True, help="Hours of a day of an estimate."),
    click.option("--week", type=Length(("d",)), default="5d", show_default=True, help="Days of a week of an estimate."),
    click.option(
        "--sprints",
        type=click.Choice(("tag", "start", "finish")),
        default="tag",
        show_default=True,
        help="Sprints as tags only, as earliest starts, or their ends as deadlines.",
    ),
    click.option(
        "--done",
        type=click.Choice(("leave out", "keep")),
        default="leave out",
        show_default=True,
        help="What becomes of done items that have both dates.",
    ),
    click.option(
        "--dates",
        type=click.Choice(("dmy", "mdy", "ymd")),
        help="Order of dates of numbers where a column does not show it.",
    ),
    click.option(
        "--zone", default="", metavar="ZONE", help="Convert instants to this time zone, such as Europe/Berlin."
    ),
    click.option("--anonymise", "is_anonymous", is_flag=True, help="Call people P1, P2 and so on."),
)


def item_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of work items, as one argument ``items``."""

    @functools.wraps(command)
    def bundled(**values: Any) -> Any:
        names = (
            *("map_name", "data_date", "start", "has_people", "team_size", "focus", "missing", "point", "day", "week"),
            *("sprints", "done", "dates", "zone", "is_anonymous"),
        )
        asked_values = {name: values.pop(name) for name in names}
        return command(items=_options(asked_values, values.get("encoding", "")), **values)

    for option in reversed(OPTIONS):
        bundled = option(bundled)
    return bundled


def _options(values: dict[str, Any], encoding: str) -> "ItemOptions":
    """Return what is asked of an import of work items."""
    from riskengine.importers.items.options import ItemOptions

    day, week = values["day"][0], values["week"][0]
    if day > 24 or week > 7:
        raise click.UsageError("--day is at most 24h, and --week at most 7d")
    hours = {**HOURS, "d": day, "w": day * week}
    if values["data_date"] is not None and values["start"] is not None:
        raise click.UsageError("--start is for a list of which nothing has begun, --as-of for one under way: give one")
    check_zone(values["zone"])

    def length(name: str) -> float | None:
        return None if values[name] is None else values[name][0] * hours[values[name][1]]

    name = values["map_name"]
    return ItemOptions(
        map=name if not name or name in MAPS else Path(name),
        data_date=values["data_date"],
        start=values["start"],
        has_people=values["has_people"] or values["team_size"] is not None,
        team_size=values["team_size"],
        focus=values["focus"],
        missing=length("missing"),
        hours_per_day=day,
        days_per_week=week,
        point=length("point"),
        sprints=values["sprints"],
        keeps_done=values["done"] == "keep",
        dates=values["dates"] or "",
        zone=values["zone"],
        is_anonymous=values["is_anonymous"],
        encoding=encoding,
    )


def check_zone(name: str) -> None:
    """Refuse a time zone that does not exist."""
    if not name:
        return
    from zoneinfo import ZoneInfo

    try:
        ZoneInfo(name)
    except (KeyError, OSError, ValueError) as error:
        raise click.UsageError(f"--zone must be a time zone such as Europe/Berlin, got {name!r}") from error
