"""Who a run is explained to, and what each of them is told."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from riskengine.errors import UsageError
from riskengine.pages.explained import answer, causes, maturity, method, next_steps, outcome, teams
from riskengine.pages.explained.chapters import Chapter
from riskengine.pages.explained.explanation import Explanation
from riskengine.pages.explained.sentence import Sentence
from riskengine.pages.explained.source import Source
from riskengine.pages.explained.writer import Writer
from riskengine.pages.language import ENGLISH, read_language
from riskengine.pages.section import PageInput
from riskengine.report.text.notation import short_name
from riskengine.results.run import RunRecord

BOARD, CUSTOMER, TEAM, ANALYST = "board", "customer", "team", "analyst"

Chapters = Callable[[Writer, Source], Sequence[Chapter]]


def explain(
    run: RunRecord, audience: str = BOARD, language: str = ENGLISH, source: Source | None = None
) -> Explanation:
    """Explain a run to an audience.

    Parameters
    ----------
    run : RunRecord
    audience : str
        ``board``, ``customer``, ``team`` or ``analyst``.
    language : str
        Code of the language.
    source : Source, optional
        What the run was read from, for the commands that go on from there.

    Raises
    ------
    UsageError
        When there is no such audience, or no such language.
    """
    require(audience, language)
    page = PageInput(run, read_language(language))
    writer = Writer(page, has_intervals=audience == ANALYST)
    chapters = [chapter for chapter in AUDIENCES[audience](writer, source or Source()) if chapter.every_sentence]
    return Explanation(audience, chapters, _glossary(writer, audience), page)


def require(audience: str, language: str) -> None:
    """Refuse an audience, or a language, that there is none of.

    Raises
    ------
    UsageError
    """
    if audience not in AUDIENCES:
        raise UsageError(f"no audience {short_name(audience)!r}", "RE670", f"there are {', '.join(AUDIENCES)}")
    read_language(language)


def _board(writer: Writer, source: Source) -> Sequence[Chapter]:
    return [
        _chapter(writer, "answer", answer.answer(writer)),
        _chapter(writer, "finish", outcome.finish(writer)),
        _chapter(writer, "cost", outcome.cost(writer)),
        _chapter(writer, "causes", causes.causes(writer)),
        Chapter("next", writer.say("explain.next_title"), steps=next_steps.board_steps(writer, source)),
    ]


def _customer(writer: Writer, source: Source) -> Sequence[Chapter]:
    """Dates alone: no money, no risk, no task."""
    return [
        _chapter(writer, "answer", answer.answer(writer, has_money=False)),
        _chapter(writer, "finish", outcome.finish(writer)),
        _chapter(writer, "targets", outcome.targets(writer)),
        Chapter("next", writer.say("explain.next_title"), steps=next_steps.customer_steps(writer, source)),
    ]


def _team(writer: Writer, source: Source) -> Sequence[Chapter]:
    return [
        _chapter(writer, "finish", outcome.finish(writer)),
        *teams.teams(writer),
        Chapter("next", writer.say("explain.next_title"), steps=next_steps.team_steps(writer, source)),
    ]


def _analyst(writer: Writer, source: Source) -> Sequence[Chapter]:
    """What the board is told, with every interval, and the statement of method."""
    *chapters, _ = _board(writer, source)
    return [
        *chapters,
        _chapter(writer, "targets", outcome.targets(writer)),
        _chapter(writer, "modelled", method.modelled(writer)),
        _chapter(writer, "not_modelled", method.not_modelled(writer)),
        _chapter(writer, "maturity", maturity.maturity(writer)),
        _chapter(writer, "computed", method.computed(writer)),
        Chapter("next", writer.say("explain.next_title"), steps=next_steps.analyst_steps(writer, source)),
    ]


def _chapter(writer: Writer, key: str, sentences: Sequence[Sentence]) -> Chapter:
    return Chapter(key, writer.say(f"explain.{key}_title"), sentences)


def _glossary(writer: Writer, audience: str) -> Sequence[tuple[str, str]]:
    """The words that these sentences use, in the order in which one builds on the other."""
    run = writer.page.run
    words = ["future", "plan"]
    words += ["gate"] if run.tables["gates"].num_rows and audience != TEAM else []
    words += ["chance", "percentile", "interval"] if writer.has_intervals else []
    words += ["driving_path"] if audience != CUSTOMER else []
    words += ["day"]
    words += ["risk"] if run.tables["risks"].num_rows and audience in (BOARD, ANALYST) else []
    return [(writer.say(f"glossary.{word}"), writer.say(f"glossary.{word}_meaning")) for word in words]


AUDIENCES: Mapping[str, Chapters] = MappingProxyType(
    {BOARD: _board, CUSTOMER: _customer, TEAM: _team, ANALYST: _analyst}
)
"""What is written for whom."""
