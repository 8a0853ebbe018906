"""The records of changes to the plan: what was asked for, by whom, why, and whether it is approved."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Prose, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading

MOST = 30


def blocks(page: PageInput) -> Sequence[Block]:
    """A row for each of the last changes, the latest first; nothing where there are no records."""
    changes = reading.rows(page.run, "changes")
    if not changes:
        return []
    say = page.say
    columns = [Column(say(f"changes.{name}")) for name in ("change", "when", "who", "why", "state")]
    rows = []
    for change in changes[: -MOST - 1 : -1]:
        state = say("changes.approved" if change["approved"] else "changes.open")
        when = Cell(page.language.day(change["when"].date()), change["when"].isoformat())
        texts = [Cell(change[name]) for name in ("who", "why")]
        rows.append(Row([Cell(change["change"], detail=change["name"]), when, *texts, Cell(state)]))
    table = Table(say("changes.caption"), columns, rows, "changes.arrow", is_sortable=True, is_stacked=True)
    left_out = len(changes) - len(rows)
    return [table, *([Prose([say("changes.more", count=page.language.count(left_out))])] if left_out else [])]


SECTION = Section("changes", blocks)
