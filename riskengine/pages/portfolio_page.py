"""The portfolio of a batch as one page: totals, every scenario, what drives several of them."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from riskengine.pages.blocks import Block, Commands, FilledSection, Prose, Tile, Tiles
from riskengine.pages.page import PageHead, set_page
from riskengine.pages.portfolio_drivers import drivers_blocks
from riskengine.pages.portfolio_input import PortfolioInput, Row, portfolio_rows
from riskengine.pages.portfolio_table import decision_word, scenarios_table
from riskengine.report.answers.portfolio import totals, worst
from riskengine.report.answers.portfolio_order import OUTCOMES
from riskengine.results.folder.portfolio import GATES_NAME, NAME, open_portfolio
from riskengine.results.provenance import engine_version


def read_portfolio(folder: Path) -> list[Row]:
    """Return the rows of the portfolio in the folder of a batch, each with its gates.

    Raises
    ------
    ResultsError
        When one of the two tables is missing or damaged.
    """
    portfolio, gates = (open_portfolio(folder / name).to_pylist() for name in (NAME, GATES_NAME))
    return portfolio_rows(portfolio, gates)


def render_portfolio(page: PortfolioInput) -> str:
    """Return the page of a portfolio: an HTML document that asks for nothing from elsewhere.

    Every text of a scenario is cleaned and escaped. Links lead to reports beside the page and nowhere else.
    """
    say, count = page.say, page.language.count(len(page.rows))
    made: list[Block] = [Prose([say("portfolio.made_words")]), Commands(_commands(page))]
    sections = [
        FilledSection("overview", say("portfolio.overview_title"), [_tiles(page)]),
        FilledSection("scenarios", say("portfolio.scenarios_title"), [scenarios_table(page)]),
        FilledSection("drivers", say("portfolio.drivers_title"), drivers_blocks(page)),
        FilledSection("method", say("portfolio.made_title"), made),
    ]
    head = PageHead(
        title=say("portfolio.page_title", answer=say(f"answer.{worst(page.rows) or 'none'}"), scenarios=count),
        name=say("portfolio.title"),
        facts=_facts(page, count),
        made_by=say("portfolio.made_by", version=engine_version()),
    )
    return set_page(page, head, [section for section in sections if section.blocks])


def _facts(page: PortfolioInput, count: str) -> str:
    """How many scenarios there are, and from which days they look."""
    days = [row["status_date"] for row in page.done]
    if not days:
        return page.say("portfolio.no_dates", scenarios=count)
    return page.say("portfolio.facts", scenarios=count, dates=page.language.days_within(days))


def _commands(page: PortfolioInput) -> Sequence[tuple[str, str]]:
    folder = shlex.quote(page.folder or "results")
    return [(f"riskengine report {folder} -o portfolio.html", page.say("portfolio.again"))]


def _tiles(page: PortfolioInput) -> Tiles:
    """How many scenarios there are of each outcome, the best first."""
    counts = {name: totals(page.rows)[name.replace(" ", "_")] for name in reversed(OUTCOMES)}
    tiles = [Tile(page.say("portfolio.all"), page.language.count(len(page.rows)))]
    tiles += [Tile(decision_word(page, name), page.language.count(number)) for name, number in counts.items() if number]
    return Tiles(tiles)
