"""Which scenarios of a batch are printed, in which order, and how."""

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import click

from riskengine.cli.batch.files import BatchFiles
from riskengine.cli.output import console

SORTS = ("name", "decision", "chance", "p80", "cost", "slack")


@dataclass(frozen=True)
class View:
    """What of a portfolio is printed; it changes neither what is simulated nor the exit status.

    Parameters
    ----------
    sort : str or None
        One of :data:`SORTS`; None keeps the order of the files.
    is_reversed : bool
        Whether the largest, latest or best comes first.
    filters : tuple of (str, tuple of str)
        All of which a scenario must meet.
    """

    sort: str | None
    is_reversed: bool
    filters: tuple[tuple[str, tuple[str, ...]], ...]


class Filter(click.ParamType):  # type: ignore[type-arg]
    """A filter, by the key that it asks for and the patterns of its values."""

    name = "filter"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return key and patterns, or refuse what cannot be looked for.

        Raises
        ------
        click.BadParameter
        """
        from riskengine.report.answers.portfolio_order import FilterError, parsed_filter

        try:
            return parsed_filter(value)
        except FilterError as error:
            self.fail(str(error), param, ctx)


def view_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Options of what is printed, gathered for the command as ``view``."""

    @functools.wraps(function)
    def gather(*, sort: str | None, is_reversed: bool, filters: tuple[Any, ...], **others: Any) -> Any:
        return function(view=View(sort, is_reversed, filters), **others)

    command: Callable[..., Any] = gather
    for option in reversed(
        (
            click.option(
                "--sort",
                type=click.Choice(SORTS),
                help="Print the scenarios by name, worst decision, least chance, earliest P80, lowest P80 of the cost, "
                "or least slack from P80 to the date of the gate.",
            ),
            click.option("--reverse", "is_reversed", is_flag=True, help="Turn the order of --sort round."),
            click.option(
                "--filter",
                "filters",
                multiple=True,
                type=Filter(),
                metavar="[KEY=]PATTERN",
                help="Print those scenarios alone that match: a decision (no-go), part of a name, or decision=, name=, "
                "project=, gate=, driver=, status= with patterns; may be repeated.",
            ),
        )
    ):
        command = option(command)
    return command


def print_portfolio(rows: Sequence[dict[str, Any]], view: View, files: BatchFiles, is_json: bool) -> None:
    """Print the scenarios that are asked for, and the totals over all."""
    from riskengine.report.answers import portfolio, portfolio_order

    listed_rows = portfolio_order.filtered_rows(rows, view.filters)
    if view.sort is not None:
        listed_rows = portfolio_order.sorted_rows(listed_rows, view.sort, view.is_reversed)
    elif view.is_reversed:
        listed_rows = listed_rows[::-1]
    if is_json:
        document = portfolio.document(rows, listed_rows)
        document["passed_over"] = [
            {"scenario": printable(str(path)), "reason": reason} for path, reason in left_out(files).items()
        ]
        console.document(document)
        return
    table = portfolio.render(listed_rows, console.width())
    totals = portfolio.totals_in_words(rows)
    if view.filters:
        totals += f" ({len(listed_rows)} of them shown)"
    console.answer(f"{table}\n\n{totals}" if table else totals)


def left_out(files: BatchFiles) -> dict[Any, str]:
    """Return the files that are not run, each with the reason."""
    return {**dict.fromkeys(files.excluded, "left out by --exclude"), **files.passed_over}


def say_left_out(files: BatchFiles) -> None:
    """Say which files are not run and why, and which patterns leave out nothing."""
    for path, reason in left_out(files).items():
        console.message(f"{path}: not run: {reason}")
    for pattern in files.idle_patterns:
        console.message(f"hint: --exclude {pattern} leaves out nothing")


def printable(name: str) -> str:
    """Return a name as text that any table can hold: a byte that is no UTF-8 becomes an escape."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
