"""When the work of teams drives the finish, where the folder was asked: a field for each team and month."""

from collections.abc import Sequence
from datetime import datetime

from riskengine.pages.blocks import Block, Cell, Column, Figure, Prose, Row, Table
from riskengine.pages.pictures import heat as pictures
from riskengine.pages.pictures.heat import NARROW, WIDE, Heat
from riskengine.pages.pictures.scale import date_ticks, day_number
from riskengine.pages.section import PageInput
from riskengine.report import reading

MOST, FEWER = 8, 3
"""Teams that are drawn, and fewer where the table of tasks takes most of the page."""
KINDS = ("team", "owner", "resource")
ENDS = ("", "_ci_low", "_ci_high")


def blocks(page: PageInput) -> Sequence[Block]:
    """A picture of the teams, else of the owners, else of the resources; nothing where nobody kept them."""
    if "team_months" not in page.run.tables:
        return []
    everybody = reading.rows(page.run, "teams")
    kind = next((kind for kind in KINDS if any(row["kind"] == kind for row in everybody)), "")
    ranked = sorted((row for row in everybody if row["kind"] == kind), key=lambda row: -row["driving"])
    most = FEWER if page.has_many_tasks else MOST
    rows = reading.rows(page.run, "team_months", kind=kind)
    months = sorted({row["month"] for row in rows})
    if not months:
        return []
    chosen = ranked[:most]
    by_place = {(row["key"], row["month"]): row for row in rows}
    left_out = len(ranked) - len(chosen)
    more = [Prose([page.say("teams.more", count=page.language.count(left_out))])] if left_out else []
    return [_figure(page, [row["key"] for row in chosen], months, by_place, chosen[0]["iterations"]), *more]


def _figure(
    page: PageInput,
    names: Sequence[str],
    months: Sequence[datetime],
    by_place: dict[tuple[str, datetime], reading.Row],
    iterations: int,
) -> Figure:
    drawn = _heat(page, names, months, by_place)
    title = page.say("teams.months_figure")
    span = drawn.edges[0], drawn.edges[-1]
    return Figure(
        title=title,
        label=page.say("teams.months_label", title=title),
        wide=pictures.draw(drawn, date_ticks(*span, WIDE.most_ticks, page.language), WIDE),
        narrow=pictures.draw(drawn, date_ticks(*span, NARROW.most_ticks, page.language), NARROW),
        tables=[_table(page, names, months, by_place, drawn)],
        note=page.say("teams.months_note", count=page.language.count(iterations)),
    )


def _heat(
    page: PageInput, names: Sequence[str], months: Sequence[datetime], by_place: dict[tuple[str, datetime], reading.Row]
) -> Heat:
    shares: list[list[float | None]] = []
    for name in names:
        cells = [by_place.get((name, month)) for month in months]
        shares.append([None if cell is None else cell["driving"] for cell in cells])
    words = [["" if share is None else page.language.local(f"{share:.0%}") for share in row] for row in shares]
    last = months[-1]
    after = datetime(last.year + last.month // 12, last.month % 12 + 1, 1) if last.year < 9999 else datetime.max
    return Heat(names, [*map(day_number, months), day_number(after)], shares, words)


def _table(
    page: PageInput,
    names: Sequence[str],
    months: Sequence[datetime],
    by_place: dict[tuple[str, datetime], reading.Row],
    drawn: Heat,
) -> Table:
    """A row for each month: who has work there, and how often that drives the finish."""
    columns = [Column(page.say("spending.month")), *(Column(name, is_number=True) for name in names)]
    rows = []
    for at, month in enumerate(months):
        cells = [Cell(f"{page.language.months[month.month - 1]} {month.year}", month.isoformat())]
        for name in names:
            row = by_place.get((name, month))
            if row is None or row["driving"] is None:
                cells.append(Cell(""))
                continue
            chance, ends = page.language.chance_estimate(*(row[f"driving{end}"] for end in ENDS))
            cells.append(Cell(page.say("teams.month_share", team=name, share=chance), row["driving"], ends))
        rows.append(Row(cells, drawn.place(at)))
    return Table(page.say("teams.months_caption"), columns, rows, "team_months.arrow", is_stacked=True)
