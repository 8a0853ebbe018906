"""``riskengine history``: runs over status dates."""

from pathlib import Path

import click

from riskengine.cli.output import atomic_write, console, exits


@click.command("history")
@click.argument("paths", metavar="[RESULTS]...", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    "file",
    metavar="FILE",
    required=True,
    type=click.Path(path_type=Path),
    help="The history, a DuckDB file; made where there is none.",
)
@click.option(
    "--page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the history as a page (.html), too: a forecast cone for each scenario.",
)
@click.option("--language", default="en", show_default=True, metavar="CODE", help="Language of the page: en, de.")
@click.option("--force", is_flag=True, help="Replace a file that is no page of riskengine, too.")
@click.option("--json", "is_json", is_flag=True, help="Print one JSON object instead of tables.")
def command(paths: tuple[Path, ...], file: Path, page: Path | None, language: str, force: bool, is_json: bool) -> int:
    """Keep runs over status dates, and show how P50, P80, cost and gates moved.

    RESULTS are results folders, or folders that hold some, as batch leaves them. Each run is added once; without
    RESULTS the history is only shown. Where the last status of a project has it finished, the forecasts before it are
    held against the actual finish.
    """
    from riskengine.cli.output.progress import Progress
    from riskengine.errors.counting import counted
    from riskengine.history.history_file import append, require_history
    from riskengine.history.score import scores
    from riskengine.history.trend import read_trends
    from riskengine.history.words import document, render
    from riskengine.report.text.notation import clean
    from riskengine.star.folders import find_runs

    if page is not None:
        _check_page(page, language, force)
    if paths:
        runs = find_runs(paths).runs
        with Progress() as progress:
            total = counted(len(runs), "run")
            outcome = append(runs, file, lambda done, all_: progress(done, all_, f"{total}; read"))
        added = f"{len(outcome.new)} new, {len(outcome.unchanged)} unchanged, {len(outcome.replaced)} replaced"
        console.message(f"{clean(file)}: {added}")
    else:
        require_history(file)
    trends = read_trends(file)
    if page is not None:
        from riskengine.pages.history_page import render_history

        atomic_write.write(page, render_history(trends, language))
    if is_json:
        console.document(document(trends, scores(trends)))
    else:
        console.data(render(trends, scores(trends), console.width()))
    if page is not None:
        console.note(f"page in {page}")
    return exits.DONE


def _check_page(page: Path, language: str, force: bool) -> None:
    """Refuse, before anything is read, a page that cannot be written.

    Raises
    ------
    UsageError
    """
    from riskengine.cli.batch.portfolio_report import PAGE, refuse_foreign
    from riskengine.errors import UsageError
    from riskengine.pages.language import read_language

    if page.suffix.casefold() != PAGE:
        raise UsageError(
            f"{page}: the page of a history ends in {PAGE}", "RE941", f"name it {page.with_suffix(PAGE).name}"
        )
    read_language(language)
    refuse_foreign([page], force)
