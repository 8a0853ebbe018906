"""What tends to be large, or to occur, together: what was asked for, and what the run achieved."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading
from riskengine.report.summary.correlations import achieved, written_rank


def blocks(page: PageInput) -> Sequence[Block]:
    """Each correlation with its members, asked against achieved; nothing without any."""
    rows = reading.rows(page.run, "correlations")
    if not rows:
        return []
    say = page.say
    columns = [
        Column(say("correlations.correlation")),
        Column(say("correlations.members"), say("correlations.members_meaning"), True),
        Column(say("correlations.asked"), say("correlations.asked_meaning"), True),
        Column(say("correlations.achieved"), say("correlations.achieved_meaning"), True),
    ]
    made = [_correlation(page, row) for row in rows]
    return [Table(say("correlations.caption"), columns, made, "correlations.arrow", is_sortable=True, is_stacked=True)]


def _correlation(page: PageInput, row: reading.Row) -> Row:
    language = page.language

    def joined(low: str | None, high: str | None) -> str:
        return language.ends(*(None if end is None else language.local(end) for end in (low, high)))

    value, interval = achieved(row, joined)
    expected = language.plain(row["expected"], 3)
    repaired = page.say("correlations.repaired", expected=expected) if row["is_repaired"] else ""
    return Row(
        [
            Cell(row["correlation"], detail=row["name"]),
            Cell(language.count(row["members"]), row["members"]),
            Cell(language.local(written_rank(row["rank"])), row["rank"], repaired),
            Cell(language.local(value), row["achieved"], interval),
        ]
    )


SECTION = Section("correlations", blocks)
