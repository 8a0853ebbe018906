"""A run as a memo of a page or two in Markdown: the decision, and the numbers behind it."""

from collections.abc import Sequence
from pathlib import Path

from riskengine.pages.blocks import (
    Block,
    Cell,
    Commands,
    Facts,
    Figure,
    FilledSection,
    Heading,
    Prose,
    Table,
    Tiles,
    Verdict,
)
from riskengine.pages.excerpt import gate_tables, measures, percentile_table, risk_tables, task_tables
from riskengine.pages.language import ENGLISH, read_language
from riskengine.pages.section import PageInput
from riskengine.pages.sections import decision, method, risks
from riskengine.report.text.markdown_text import MARK, escaped, table
from riskengine.results.run import RunRecord


def render_memo(run: RunRecord, folder: str = "", language: str = ENGLISH) -> str:
    """Return a run as a memo in Markdown.

    Parameters
    ----------
    run : RunRecord
    folder : str
        The results folder, as the user named it: the memo says how to verify it.
    language : str
        Code of the language.

    Returns
    -------
    str
        Every text of the run is cleaned, and escaped so that no dialect of Markdown takes it for markup.

    Raises
    ------
    UsageError
        When there is no such language.
    """
    page = PageInput(run, read_language(language), folder)
    said_of_risks = [block for block in risks.blocks(page) if isinstance(block, Prose)]
    sections: list[tuple[str, Sequence[Block]]] = [
        ("decision.title", decision.blocks(page)),
        ("gates.title", gate_tables(page)),
        ("outcomes.title", [percentile_table(page, measure) for measure in measures(page)]),
        ("risks.title", [*risk_tables(page), *said_of_risks]),
        ("excerpt.tasks_title", task_tables(page)),
        ("method.title", method.blocks(page)),
    ]
    return memo_of(
        run.manifest["name"],
        page.facts,
        [FilledSection(title, page.say(title), blocks) for title, blocks in sections if blocks],
        page.say("page.made_by", version=run.manifest["version"]),
    )


def memo_of(name: str, facts: str, sections: Sequence[FilledSection], made_by: str) -> str:
    """Return sections as a memo: its first heading, what stands below that, and what stands at the foot."""
    parts = [MARK, f"# {escaped(name)}", escaped(facts)]
    for section in sections:
        parts += [f"## {escaped(section.title)}", *(_block(block) for block in section.blocks)]
    return "\n\n".join([*parts, escaped(made_by)]) + "\n"


def is_memo(path: Path) -> bool:
    """Whether a file is Markdown that riskengine wrote.

    Raises
    ------
    OSError
        When it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(len(MARK)) == MARK.encode("ascii")


def _block(block: Block) -> str:
    """Return a block as Markdown; a picture is the tables behind it."""
    match block:
        case Verdict():
            return "\n\n".join([f"**{escaped(block.word)}**", _bullets(block.paragraphs)])
        case Tiles():
            names = [escaped(tile.name) for tile in block.tiles]
            return table([names, [escaped(_with_detail(tile.value, tile.detail)) for tile in block.tiles]])
        case Table():
            return _table(block)
        case Figure():
            return "\n\n".join(_table(behind) for behind in block.tables)
        case Prose():
            return "\n\n".join(escaped(paragraph) for paragraph in block.paragraphs)
        case Facts():
            return _bullets([f"{term}: {fact}" for term, fact in block.facts])
        case Commands():
            return "\n\n".join(escaped(f"{meaning}: {line}") for line, meaning in block.lines)
        case Heading():
            return f"### {escaped(block.text)}"


def _bullets(texts: Sequence[str]) -> str:
    return "\n".join(f"- {escaped(text)}" for text in texts)


def _table(block: Table) -> str:
    lines = [[escaped(column.heading) for column in block.columns]]
    lines += [[escaped(cell_text(cell)) for cell in row.cells] for row in block.rows]
    return f"{escaped(block.caption)}\n\n{table(lines)}"


def cell_text(cell: Cell) -> str:
    """Return what a cell says in one line."""
    return _with_detail(cell.text, cell.detail)


def _with_detail(text: str, detail: str) -> str:
    return f"{text} ({detail})" if detail and detail != text else text
