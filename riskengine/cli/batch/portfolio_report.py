"""``riskengine report`` on the folder of a batch: its portfolio as a page, and the reports of all its runs."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from riskengine.cli.output import atomic_write, console, exits
from riskengine.cli.output.progress import Progress

PAGE = ".html"
INDEX = f"index{PAGE}"
RUNS = "runs"
"""Folder of the reports beside the page of the portfolio."""


def is_batch(folder: Path) -> bool:
    """Whether a folder is that of a batch, and not of one run."""
    from riskengine.results.folder import manifest, portfolio

    return not (folder / manifest.NAME).exists() and (folder / portfolio.NAME).exists()


def is_folder(output: Path) -> bool:
    """Whether a folder is asked for, in place of a file: one that is there, or a name without an ending."""
    return output.is_dir() or not output.suffix


def write_portfolio_report(folder: Path, output: Path, language: str, force: bool) -> int:
    """Write the page of a portfolio, with the reports of its runs where a folder is asked for.

    Parameters
    ----------
    folder : Path
        Of the batch.
    output : Path
        The page, or a folder for it and for the reports.
    language : str
    force : bool
        Whether files that are no pages of riskengine are replaced.

    Returns
    -------
    int
        Exit status: that of storage where a run could not be read; the others are written.

    Raises
    ------
    UsageError, ResultsError
        Before anything is written.
    """
    from riskengine.pages.language import read_language
    from riskengine.pages.portfolio_contributions import read_contributions
    from riskengine.pages.portfolio_input import PortfolioInput
    from riskengine.pages.portfolio_page import read_portfolio, render_portfolio

    words = read_language(language)
    rows = read_portfolio(folder)
    done = {row["scenario_key"]: row["run"] for row in rows if row["status"] == "done"}
    index = output / INDEX if is_folder(output) else output
    reports = {key: index.parent / RUNS / f"{key}{PAGE}" for key in done}
    faults: list[str] = []
    if is_folder(output):
        refuse_foreign([index, *reports.values()], force)
        (index.parent / RUNS).mkdir(parents=True, exist_ok=True)
        faults = _write_reports(folder, done, reports, language)
        report_pages = {key: path for key, path in reports.items() if path.is_file()}
    else:
        refuse_foreign([index], force)
        beside = {key: index.with_name(f"{key}{PAGE}") for key in done}
        report_pages = {
            key: path for key in done for path in (reports[key], beside[key]) if path != index and _is_ours(path)
        }
    addresses = {key: _address(path, index) for key, path in report_pages.items()}
    page = PortfolioInput(rows, words, addresses, str(folder), read_contributions(folder, done))
    atomic_write.write(index, render_portfolio(page))
    for fault in faults:
        console.message(f"error: {fault}")
    console.message(f"report in {index}" + (f", of each run in {index.parent / RUNS}" if is_folder(output) else ""))
    return exits.STORAGE if faults else exits.DONE


def _address(path: Path, index: Path) -> str:
    """Return the address of a report as seen from the page of the portfolio."""
    from riskengine.pages.address import relative_address

    return relative_address(*path.relative_to(index.parent).parts)


def _write_reports(folder: Path, runs: Mapping[str, str], reports: Mapping[str, Path], language: str) -> list[str]:
    """Write the report of each run; return what was wrong with those that could not be read."""
    from riskengine.errors import ResultsError
    from riskengine.pages.page import render_page

    faults = []
    with Progress() as progress:
        for number, (key, path) in enumerate(reports.items()):
            progress(number, len(reports), "reports")
            try:
                atomic_write.write(path, render_page(_open(folder / key, runs[key]), str(folder / key), language))
            except ResultsError as error:
                faults.append(str(error))
                path.unlink(missing_ok=True)  # an older report would be there as if it were of this run
    return faults


def _open(folder: Path, run: str) -> Any:
    """Return the run of a folder, which must be the one that the portfolio speaks of."""
    from riskengine.errors import ResultsError
    from riskengine.results.folder.store import open_run

    record = open_run(folder)
    if record.manifest["run"] != run:
        raise ResultsError(f"{folder}: it is not the run of the portfolio", "RE702", "run the batch again")
    return record


def refuse_foreign(paths: Iterable[Path], force: bool) -> None:
    """Refuse to replace files that are no pages of riskengine.

    Raises
    ------
    UsageError
    """
    from riskengine.errors import UsageError

    foreign = [path for path in paths if not force and path.exists() and not _is_ours(path)]
    if foreign:
        cure = "choose another name, or say --force"
        raise UsageError(f"{foreign[0]} is no page of riskengine; nothing was written", "RE942", cure)


def _is_ours(path: Path) -> bool:
    from riskengine.pages.page import is_page

    try:
        return path.is_file() and is_page(path)
    except OSError:
        return False
