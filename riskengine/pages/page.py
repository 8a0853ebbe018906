"""A run as one page: sections in their order, set by the templates, with style and script inside."""

import base64
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from riskengine.history.trend import Trend
from riskengine.pages.blocks import FilledSection
from riskengine.pages.contents import SECTIONS
from riskengine.pages.language import ENGLISH, read_language
from riskengine.pages.section import PageInput
from riskengine.pages.speaker import Speaker
from riskengine.report.reading import decision
from riskengine.report.text.notation import clean
from riskengine.results.run import RunRecord

TEMPLATES = Path(__file__).resolve().parent / "templates"
GENERATOR = '<meta name="generator" content="riskengine">'
"""What tells a page of ours from other files."""
FIRST_BYTES = 300
"""Within which a page of ours says so."""


def render_page(run: RunRecord, folder: str = "", language: str = ENGLISH, trend: Trend | None = None) -> str:
    """Return the page of a run.

    Parameters
    ----------
    run : RunRecord
    folder : str
        The results folder, as the user named it: the page says how to verify it.
    language : str
        Code of the language.
    trend : Trend or None
        What earlier runs of the scenario said.

    Returns
    -------
    str
        An HTML document that asks for nothing from elsewhere. Every text of the run is cleaned and escaped.

    Raises
    ------
    UsageError
        When there is no such language.
    """
    page = PageInput(run, read_language(language), folder, trend)
    sections = []
    for section in SECTIONS:
        blocks = section.blocks(page)
        if blocks:
            sections.append(FilledSection(section.key, page.say(f"{section.key}.title"), blocks))
    manifest = run.manifest
    answer = page.say(f"answer.{decision(run) or 'none'}")
    head = PageHead(
        title=f"{answer}: {manifest['name']}",
        name=manifest["name"],
        facts=page.facts,
        made_by=page.say("page.made_by", version=manifest["version"]),
    )
    return set_page(page, head, sections)


@dataclass(frozen=True)
class PageHead:
    """What a page says of itself as a whole.

    Parameters
    ----------
    title : str
        In the window and in lists of pages.
    name : str
        Its first heading.
    facts : str
        Below that.
    made_by : str
        At the foot.
    """

    title: str
    name: str
    facts: str
    made_by: str


def set_page(page: Speaker, head: PageHead, sections: Sequence[FilledSection]) -> str:
    """Return sections set as an HTML document, with style and script inside."""
    return (
        environment()
        .get_template("page.html")
        .render(
            page=page,
            head=head,
            sections=sections,
            style=inside_of("style.css"),
            script=inside_of("script.js"),
            script_hash=_hash(inside_of("script.js")),
            generator=Markup(GENERATOR),
        )
    )


@cache
def environment() -> Environment:
    """The templates, read once: every value is cleaned and escaped, and one that is missing is a fault."""
    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_cleaned,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def is_page(path: Path) -> bool:
    """Whether a file is a page that riskengine wrote.

    Raises
    ------
    OSError
        When it cannot be read.
    """
    with path.open("rb") as file:
        return GENERATOR.encode("ascii") in file.read(FIRST_BYTES)


def _cleaned(value: object) -> object:
    """Take control characters out of whatever a template prints; pictures and numbers stay as they are."""
    return clean(value) if type(value) is str else value


def inside_of(name: str) -> Markup:
    """A file of the templates that stands in the page but for its indents; none of it comes from a run."""
    lines = (TEMPLATES / name).read_text(encoding="utf-8").splitlines()
    return Markup("\n".join(line.strip() for line in lines if line.strip()))


def _hash(script: str) -> str:
    """Hash by which the page lets this script run and no other."""
    return base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
