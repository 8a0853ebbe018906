"""``riskengine report``: the results of a run as a page, or in a shorter form."""

from pathlib import Path

import click

from riskengine.cli.batch import portfolio_report
from riskengine.cli.input.environment_defaults import say_defaults
from riskengine.cli.input.shell_files import ResultsPath
from riskengine.cli.output import atomic_write, console, exits

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
@click.option("--force", is_flag=True, help="Replace a file that riskengine did not write, too.")
def command(folder: Path, output: Path, is_brief: bool, language: str, force: bool) -> int:
    """Write the results of a run, or of a batch, as a page for people who decide.

    Of a batch it is the page of its portfolio; into a folder (-o pages), with the report of each of its runs beside it.
    The page is one HTML file that asks for nothing from elsewhere: it can be mailed, opened without a network, and
    printed. A name that ends in .md makes a memo of it: the decision and the numbers behind it, for a wiki or a mail;
    one that ends in .pdf prints the page by a Chromium that is there, else by WeasyPrint;
    one that ends in .pptx makes slides of it. --brief makes a PDF of one sheet.
    Nothing is simulated: every number is read from the results folder.
    """
    say_defaults(click.get_current_context())
    from riskengine.errors import UsageError
    from riskengine.pages.kinds import brief_kind, report_kinds
    from riskengine.pages.language import read_language
    from riskengine.results.store import open_run

    if is_brief and (output.suffix.casefold() != PAPER or portfolio_report.is_batch(folder)):
        raise UsageError(f"{output}: --brief makes a PDF of one run", "RE947", "name one results folder, and a .pdf")
    if portfolio_report.is_batch(folder) and (portfolio_report.is_folder(output) or output.suffix.casefold() == PAGE):
        return portfolio_report.write_portfolio_report(folder, output, language, force)
    kinds = report_kinds()
    if output.suffix.casefold() not in kinds:
        *others, last = kinds
        endings = f"{', '.join(others)} or {last}"
        raise UsageError(f"{output}: a report ends in {endings}", "RE941", f"name it {output.with_suffix(PAGE).name}")
    kind = brief_kind() if is_brief else kinds[output.suffix.casefold()]
    read_language(language)
    if not force and output.is_file() and not kind.is_ours(output):
        cure = "choose another name, or say --force"
        raise UsageError(f"{output} is no {kind.noun} of riskengine; nothing was written", "RE942", cure)
    atomic_write.write(output, kind.render(open_run(folder), str(folder), language))
    console.note(f"report in {output}")
    return exits.DONE
