"""``riskengine report``: the results of a run as a page."""

from pathlib import Path

import click

from riskengine.cli.support import atomic_write, console, exits, portfolio_report
from riskengine.cli.support.shell_files import ResultsPath

PAGE = ".html"


@click.command("report")
@click.argument("folder", type=ResultsPath())
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    metavar="FILE",
    help="Page to write, NAME.html; of a batch also a folder. Older pages of riskengine there are replaced.",
)
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Language of the page: en, de.")
@click.option("--force", is_flag=True, help="Replace a file that is no page of riskengine, too.")
def command(folder: Path, output: Path, language: str, force: bool) -> int:
    """Write the results of a run, or of a batch, as a page for people who decide.

    Of a batch it is the page of its portfolio; into a folder (-o pages), with the report of each of its runs beside it.
    The page is one HTML file that asks for nothing from elsewhere: it can be mailed, opened without a network, and
    printed. Nothing is simulated: every number is read from the results folder.
    """
    from riskengine.errors import UsageError
    from riskengine.pages.language import read_language
    from riskengine.pages.page import is_page, render_page
    from riskengine.results.store import open_run

    if portfolio_report.is_batch(folder) and (portfolio_report.is_folder(output) or output.suffix.casefold() == PAGE):
        return portfolio_report.write_portfolio_report(folder, output, language, force)
    if output.suffix.casefold() != PAGE:
        raise UsageError(f"{output}: a report ends in {PAGE}", "RE941", f"name it {output.with_suffix(PAGE).name}")
    read_language(language)
    if not force and output.is_file() and not is_page(output):
        cure = "choose another name, or say --force"
        raise UsageError(f"{output} is no page of riskengine; nothing was written", "RE942", cure)
    atomic_write.write(output, render_page(open_run(folder), str(folder), language))
    console.note(f"report in {output}")
    return exits.DONE
