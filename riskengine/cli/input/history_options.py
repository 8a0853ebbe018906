"""Options of ``riskengine import`` for the history of work items: what was done, period by period."""

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from riskengine.importers.items.throughput import HistoryOptions


class PeriodLength(click.ParamType):  # type: ignore[type-arg]
    """A length of periods such as 1w."""

    name = "PERIOD"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the period."""
        from riskengine.importers.items.periods import Period, period_of

        period = value if isinstance(value, Period) else period_of(value)
        if period is None:
            self.fail(f"must be 1d, 1w, 2w, 3w or 4w, got {value!r}", param, ctx)
        return period


OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option(
        "--history",
        type=PeriodLength(),
        help="Count what was done in each 1w, 2w or 1d: history.csv and a backlog, in place of tasks.",
    ),
    click.option(
        "--by", type=click.Choice(("team", "type", "epic")), help="With --history: one of each team, type or epic."
    ),
    click.option(
        "--near",
        multiple=True,
        metavar="ID",
        help="With --history: an epic whose items are tasks, before the backlog; again for several.",
    ),
    click.option(
        "--bulk",
        type=click.Choice(("refuse", "keep")),
        default="refuse",
        show_default=True,
        help="With --history: what becomes of one of which two fifths were closed on one day.",
    ),
)


def history_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of histories, as one argument ``history``, None where none is asked for."""

    @functools.wraps(command)
    def bundled(**values: Any) -> Any:
        period, by, bulk, near = (values.pop(name) for name in ("history", "by", "bulk", "near"))
        if period is None and (by or near or bulk != "refuse"):
            raise click.UsageError("--by, --near and --bulk say how a history is told: give --history 1w, too")
        return command(history=_options(period, by, bulk, near), **values)

    for option in reversed(OPTIONS):
        bundled = option(bundled)
    return bundled


def _options(period: Any, by: str | None, bulk: str, near: tuple[str, ...]) -> "HistoryOptions | None":
    """Return what is asked of a history."""
    if period is None:
        return None
    from riskengine.importers.items.throughput import HistoryOptions

    return HistoryOptions(period, by or "", keeps_bulk=bulk == "keep", near=near)  # type: ignore[arg-type]
