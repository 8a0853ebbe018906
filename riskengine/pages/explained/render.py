"""An explanation as text for a terminal, as Markdown, and as an HTML page."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Commands, Facts, FilledSection, Prose
from riskengine.pages.explained.chapters import Chapter, Content
from riskengine.pages.page import PageHead, set_page
from riskengine.report.text.layout import paragraph
from riskengine.report.text.markdown_text import MARK, escaped
from riskengine.report.text.notation import clean

INDENT = "  "


def render_text(content: Content, width: int) -> str:
    """Return lines of at most so many columns; a command stands on a line of its own, whole."""
    page = content.page
    lines = paragraph(f"{clean(page.run.manifest['name'])}: {_facts(content)}", width)
    for chapter in content.chapters:
        lines += ["", clean(chapter.title)]
        for sentence in chapter.sentences:
            lines += paragraph(sentence.text, width, INDENT)
        for step in chapter.steps:
            lines += paragraph(step.sentence.text, width, INDENT)
            lines += [f"{INDENT}{INDENT}{clean(step.command)}"] if step.command else []
    lines += ["", page.say("glossary.title")]
    for word, meaning in content.glossary:
        lines += paragraph(f"{word}: {meaning}", width, INDENT)
    return "\n".join(lines)


def render_markdown(content: Content) -> str:
    """Return Markdown, in which every text of the run is escaped."""
    page = content.page
    parts = [MARK, f"# {escaped(page.run.manifest['name'])}", escaped(_facts(content))]
    for chapter in content.chapters:
        parts.append(f"## {escaped(chapter.title)}")
        parts.append("\n".join(_items(chapter)))
    parts.append(f"## {escaped(page.say('glossary.title'))}")
    parts.append("\n".join(f"- {escaped(f'{word}: {meaning}')}" for word, meaning in content.glossary))
    parts.append(escaped(_made_by(content)))
    return "\n\n".join(parts) + "\n"


def render_html(content: Content) -> str:
    """Return a page that asks for nothing from elsewhere, in which every text of the run is escaped."""
    page = content.page
    sections = [FilledSection(chapter.key, chapter.title, _blocks(chapter)) for chapter in content.chapters]
    sections.append(FilledSection("glossary", page.say("glossary.title"), [Facts(content.glossary)]))
    name = page.run.manifest["name"]
    title = f"{name}: {page.say(f'explain.for_{content.audience}')}"
    head = PageHead(title=title, name=name, facts=_facts(content), made_by=_made_by(content))
    return set_page(page, head, sections)


def _items(chapter: Chapter) -> list[str]:
    items = [f"- {escaped(sentence.text)}" for sentence in chapter.sentences]
    for step in chapter.steps:
        command = f"<br>{escaped(step.command)}" if step.command else ""
        items.append(f"- {escaped(step.sentence.text)}{command}")
    return items


def _blocks(chapter: Chapter) -> Sequence[Block]:
    blocks: list[Block] = []
    if chapter.sentences:
        blocks.append(Prose([sentence.text for sentence in chapter.sentences]))
    for step in chapter.steps:
        text = step.sentence.text
        blocks.append(Commands([(step.command, text)]) if step.command else Prose([text]))
    return blocks


def _facts(content: Content) -> str:
    return f"{content.page.say(f'explain.for_{content.audience}')} · {content.page.facts}"


def _made_by(content: Content) -> str:
    return content.page.say("page.made_by", version=content.page.run.manifest["version"])
