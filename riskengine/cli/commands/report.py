"""``riskengine report``: the results of a run as a page, or in a shorter form."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from riskengine.cli.batch import portfolio_report
from riskengine.cli.input.shell_files import ResultsPath
from riskengine.cli.output import atomic_write, console, exits
from riskengine.cli.output.page_file import refuse_foreign_file

if TYPE_CHECKING:
    from riskengine.history.trend import Trend

PAGE, PAPER = ".html", ".pdf"


@click.command("report")
@click.argument("folder", type=ResultsPath())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="A page (.html, .pdf), memo (.md) or slides (.pptx); of a batch a page or a folder. Older ones are replaced.",
)
@click.option(
    "--brief", "is_brief", is_flag=True, help="One sheet of paper (.pdf): decision, gates, curve, five risks."
)
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Language of the page: en, de.")
@click.option(
    "--history",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Show on the page (.html, .pdf) how forecasts moved, from what riskengine history keeps.",
)
@click.option("--force", is_flag=True, help="Replace a file that riskengine did not write, too.")
def command(folder: Path, output: Path, is_brief: bool, language: str, history: Path | None, force: bool) -> int:
    """Write the results of a run, or of a batch, as a page for people who decide.

    Of a batch it is the page of its portfolio; into a folder (-o pages), with the report of each of its runs beside it.
    The page is one HTML file that asks for nothing from elsewhere: it can be mailed, opened without a network, and
    printed. A name that ends in .md makes a memo of it: the decision and the numbers behind it, for a wiki or a mail;
    one that ends in .pdf prints the page by a Chromium that is there, else by WeasyPrint;
    one that ends in .pptx makes slides of it. --brief makes a PDF of one sheet.
    Nothing is simulated: every number is read from the results folder.
    """
    from riskengine.errors import UsageError
    from riskengine.pages.kinds import brief_kind, report_kinds
    from riskengine.pages.language import read_language
    from riskengine.results.folder.store import open_run

    is_batch = portfolio_report.is_batch(folder)
    if is_brief and (output.suffix.casefold() != PAPER or is_batch):
        raise UsageError(f"{output}: --brief makes a PDF of one run", "RE947", "name one results folder, and a .pdf")
    if history is not None and is_batch:
        raise UsageError(
            f"{folder}: --history goes with one run", "RE948", "write the page of the history: history --page"
        )
    if is_batch and (portfolio_report.is_folder(output) or output.suffix.casefold() == PAGE):
        return portfolio_report.write_portfolio_report(folder, output, language, force)
    kinds = report_kinds()
    if output.suffix.casefold() not in kinds:
        *others, last = kinds
        endings = f"{', '.join(others)} or {last}"
        raise UsageError(f"{output}: a report ends in {endings}", "RE941", f"name it {output.with_suffix(PAGE).name}")
    kind = brief_kind() if is_brief else kinds[output.suffix.casefold()]
    read_language(language)
    if history is not None and not kind.has_trend:
        raise UsageError(f"{output}: there is no history in a {kind.noun}", "RE948", f"name a {PAGE} or a {PAPER}")
    refuse_foreign_file(output, kind, force)
    run = open_run(folder)
    extras = {} if history is None else {"trend": _trend(history, folder, run.manifest["run"])}
    atomic_write.write(output, kind.render(run, str(folder), language, **extras))
    console.note(f"report in {output}")
    return exits.DONE


def _trend(history: Path, folder: Path, run: str) -> "Trend":
    """Return what a history says of the runs in a folder until the one that is there now.

    Raises
    ------
    ResultsError
        When it cannot be read, or does not hold that run.
    """
    from riskengine.history.history_file import require_history
    from riskengine.history.trend import trend_until
    from riskengine.star.keys import scenario_key

    require_history(history)
    return trend_until(history, scenario_key(folder), run)
