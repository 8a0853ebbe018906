"""A history as one page: the forecast cone of every scenario, and forecasts against the actual finish."""

from collections.abc import Sequence
from dataclasses import dataclass

from riskengine.history.score import Score, scores
from riskengine.history.trend import Trend
from riskengine.pages.blocks import Cell, Column, FilledSection, Prose, Row, Table
from riskengine.pages.language import ENGLISH, Language, read_language
from riskengine.pages.page import PageHead, set_page
from riskengine.pages.sections.trend import trend_blocks
from riskengine.pages.speaker import Speaker
from riskengine.results.provenance import engine_version

MOST_NAMED = 3
"""Scenarios that the title of the page names."""


@dataclass(frozen=True)
class HistoryInput(Speaker):
    """All that the page of a history is made from.

    Parameters
    ----------
    trends : sequence of Trend
        At least one.
    language : Language
    """

    trends: Sequence[Trend]
    language: Language


def render_history(trends: Sequence[Trend], language: str = ENGLISH) -> str:
    """Return the page of a history: an HTML document that asks for nothing from elsewhere.

    Parameters
    ----------
    trends : sequence of Trend
    language : str
        Code of the language.

    Raises
    ------
    UsageError
        When there is no such language.
    """
    page = HistoryInput(trends, read_language(language))
    sections = [
        FilledSection(f"trend-{number}", _title(trend), trend_blocks(page, trend))
        for number, trend in enumerate(trends, start=1)
    ]
    placed = scores(trends)
    if placed:
        how_to_read = Prose([page.say("history.scores_words")])
        sections.append(FilledSection("scores", page.say("history.scores_title"), [_scores(page, placed), how_to_read]))
    names = [_title(trend) for trend in trends]
    more = f" +{len(names) - MOST_NAMED}" if len(names) > MOST_NAMED else ""
    head = PageHead(
        title=page.say("history.page_title", projects=", ".join(names[:MOST_NAMED]) + more),
        name=page.say("history.title"),
        facts=_facts(page),
        made_by=page.say("history.made_by", version=engine_version()),
    )
    return set_page(page, head, sections)


def _title(trend: Trend) -> str:
    """The name that the scenario has at its last status, or its key."""
    return trend.statuses[-1].name or trend.scenario_key


def _facts(page: HistoryInput) -> str:
    days = [status.status_date for trend in page.trends for status in trend.statuses]
    return page.say("history.facts", statuses=page.language.count(len(days)), dates=page.language.days_within(days))


def _scores(page: HistoryInput, placed: Sequence[Score]) -> Table:
    say, language = page.say, page.language
    columns = [
        Column(say("history.scenario")),
        Column(say("trend.status")),
        Column(say("history.actual"), is_number=True),
        Column(say("history.fell"), say("history.fell_meaning")),
        Column(say("history.after_p50"), say("history.after_p50_meaning"), True),
    ]
    rows = []
    for score in placed:
        after = language.local(f"{score.days_after_p50:+,.1f}")
        rows.append(
            Row(
                [
                    Cell(score.scenario_key),
                    Cell(language.day(score.status_date), score.status_date.isoformat()),
                    Cell(language.day(score.actual_finish), score.actual_finish.isoformat()),
                    Cell(_place(page, score), score.at_most or 100),
                    Cell(say("trend.moved_days", number=after), score.days_after_p50),
                ]
            )
        )
    return Table(say("history.scores"), columns, rows, "fact_percentile", is_sortable=True, is_stacked=True)


def _place(page: HistoryInput, score: Score) -> str:
    """Between which percentiles of a forecast the actual finish fell."""
    if score.above is None:
        return page.say("history.fell_by", percentile=score.at_most)
    if score.at_most is None:
        return page.say("history.fell_after", percentile=score.above)
    return page.say("history.fell_between", low=score.above, high=score.at_most)
