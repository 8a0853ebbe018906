"""A run as one page of paper: the decision, the gates, the curve, five risks, and what it was computed from."""

import shlex
from dataclasses import dataclass, replace

from markupsafe import Markup

from riskengine.errors import MachineError
from riskengine.pages.blocks import Row, Table, Tiles, Verdict
from riskengine.pages.excerpt import (
    measures,
    risk_tables,
    short_cell,
    short_gates,
    with_short_currency,
    with_short_gates,
    worst_gates,
    worst_target,
)
from riskengine.pages.language import ENGLISH, read_language
from riskengine.pages.page import GENERATOR, environment, inside_of
from riskengine.pages.pdf import print_page
from riskengine.pages.pictures import curve
from riskengine.pages.pictures.scale import share_ticks
from riskengine.pages.printing.sheets import count_sheets
from riskengine.pages.section import PageInput
from riskengine.pages.sections import decision, outcomes
from riskengine.report import reading
from riskengine.report.text.notation import short_name
from riskengine.results.run import RunRecord

ONE, PAIR = curve.Size(860, 220, False), curve.Size(440, 230, False)
LONGEST_LABEL, LONGEST_CURRENCY = 14, 6
"""Columns of a gate's name in a picture, and of what money is in."""
LONGEST_SENTENCE, NAMES = 230, 8
"""Columns of a sentence of one gate, and names that one of all gates may have: only such a one is ever cut."""
MANY_GATES = 2
"""With more of them, the rooms with whole names are not tried: printing takes a second."""
WITHOUT_WHOLE_NAMES = 2


@dataclass(frozen=True)
class Room:
    """How much goes on the page.

    Parameters
    ----------
    gates, sentences : int
        At most.
    longest : int
        Columns of a name. Numbers are never cut.
    is_tight : bool
        Whether letters are smaller.
    """

    gates: int
    sentences: int
    longest: int
    is_tight: bool = False


@dataclass(frozen=True)
class Picture:
    """A picture: what it shows, the drawing, and whether a gate needs a share that is marked in it."""

    title: str
    drawing: Markup
    has_needed: bool


ROOMS = (
    Room(6, 7, 60),
    Room(6, 5, 60),
    Room(6, 4, 34),
    Room(6, 4, 34, is_tight=True),
    Room(4, 3, 32, is_tight=True),
    Room(3, 2, 24, is_tight=True),
    Room(2, 2, 14, is_tight=True),
)
"""Tried in this order until everything is on one page."""


def render_brief(run: RunRecord, folder: str = "", language: str = ENGLISH) -> bytes:
    """Return a run as a PDF of one page.

    Parameters
    ----------
    run : RunRecord
    folder : str
        The results folder, as the user named it.
    language : str
        Code of the language.

    Raises
    ------
    UsageError
        When there is no such language.
    MachineError
        When nothing that prints is installed, or what is installed does not print it on one page.
    """
    page = with_short_currency(PageInput(run, read_language(language), folder), LONGEST_CURRENCY)
    has_many = page.run.tables["gates"].num_rows > MANY_GATES
    for room in ROOMS[WITHOUT_WHOLE_NAMES if has_many else 0 :]:
        data = print_page(brief_page(page, room))
        if count_sheets(data) == 1:
            return data
    raise MachineError("what is installed does not print the brief on one page", "RE945", "write the page (.html)")


def brief_page(page: PageInput, room: Room) -> str:
    """Return the page as HTML."""
    verdict, tiles = _decision(page, room)
    gates = short_gates(page, room.gates, room.longest)
    manifest = page.run.manifest
    return (
        environment()
        .get_template("brief.html")
        .render(
            page=page,
            title=f"{verdict.word}: {manifest['name']}",
            name=short_name(manifest["name"], 2 * room.longest),
            facts=page.facts,
            made_by=page.say("brief.made_by", version=manifest["version"]),
            is_tight=room.is_tight,
            verdict=verdict,
            tiles=tiles,
            gates=gates,
            pictures=_pictures(page, room),
            risks=_risks(page, room),
            no_risks=page.say("slides.no_risks" if reading.has_contributions(page.run) else "risks.not_measured"),
            origin=_origin(page),
            style=inside_of("style.css") + inside_of("brief.css"),
            generator=Markup(GENERATOR),
        )
    )


def _decision(page: PageInput, room: Room) -> tuple[Verdict, Tiles]:
    """The verdict with the first sentences, and the tiles."""
    verdict, tiles = decision.blocks(replace(page, run=with_short_gates(page.run, room.longest)))
    assert isinstance(verdict, Verdict) and isinstance(tiles, Tiles)
    paragraphs = [
        short_name(text, max(LONGEST_SENTENCE, NAMES * room.longest)) for text in verdict.paragraphs[: room.sentences]
    ]
    left = len(verdict.paragraphs) - len(paragraphs)
    return replace(verdict, paragraphs=[*paragraphs, *_more(page, left)]), tiles


def _risks(page: PageInput, room: Room) -> tuple[Table, list[str]] | None:
    """The five risks that matter most, and how many more act on the project."""
    tables = risk_tables(page)
    if not tables or not tables[0].rows:
        return None
    left = len(reading.leading_risks(page.run, page.run.tables["risks"].num_rows)) - len(tables[0].rows)
    rows = [Row([short_cell(row.cells[0], room.longest), *row.cells[1:]]) for row in tables[0].rows]
    return replace(tables[0], rows=rows, is_sortable=False, source=""), _more(page, left)


def _more(page: PageInput, count: int) -> list[str]:
    return [page.say("brief.more", count=count)] if count > 0 else []


def _pictures(page: PageInput, room: Room) -> list[Picture]:
    """Finish and cost side by side, or the finish alone, with the plan and the first gates marked."""
    pictures = []
    for number, measure in enumerate(measures(page)):
        is_finish, size = measure == "finish", PAIR if page.has_cost else ONE
        target = worst_target(page) if is_finish else reading.PROJECT
        plan = reading.summary(page.run, target, measure)
        gates, _ = worst_gates(page, target, measure, room.gates)
        marks_of_gates = outcomes.gate_marks(page, gates, is_finish)
        plan_mark = outcomes.plan_mark(page, plan, is_finish)
        marks = [
            replace(plan_mark, label=plan_mark.short_label),
            *(replace(mark, label=_label(page, mark)) for mark in marks_of_gates),
        ]
        spread, axis = outcomes.spread_of(page, target, measure, key=f"brief-{number}", marks=marks)
        ticks = axis.ticks(5 if page.has_cost else 10, page.language)
        key = f"outcomes.{measure}" if target == reading.PROJECT else "outcomes.target"
        title = short_name(page.say(key, target=target), room.longest)
        drawn = curve.draw(spread, ticks, share_ticks(page.language), size)
        pictures.append(Picture(title, drawn, any(mark.needed is not None for mark in marks)))
    return pictures


def _label(page: PageInput, mark: curve.Mark) -> str:
    """Return the name of a gate and, where a point on the curve is its chance, the chance."""
    name = short_name(mark.short_label, LONGEST_LABEL)
    return name if mark.share is None else f"{name}: {page.language.chance(mark.share, mark.needed)}"


def _origin(page: PageInput) -> list[tuple[str, str]]:
    """What it was computed from, and how anybody can check it."""
    manifest, say = page.run.manifest, page.say
    project = page.run.tables["project"].to_pylist()[0]
    source = f"{project['source_file']} ({project['source_tool']})" if project["source_tool"] else ""
    facts = [
        (say("method.method"), say(f"method.{manifest['method']}")),
        (say("method.seed"), str(manifest["seed"])),
        (say("brief.data_date"), page.data_date),
        (say("brief.source"), source),
        (say("method.run"), manifest["run"]),
        (say("method.digest"), manifest["digest"]),
        (say("method.engine"), f"{manifest['engine']} {manifest['version']}"),
        (say("brief.verify"), f"riskengine verify {shlex.quote(page.folder or 'results')}"),
    ]
    return [(term, short_name(fact, 70)) for term, fact in facts if fact]
