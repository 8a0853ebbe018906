"""What waiting for resources costs, and which of them are short."""

from collections.abc import Sequence

from riskengine.pages.blocks import Bar, Block, Cell, Column, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading
from riskengine.report.summary.levelling import shortage
from riskengine.report.text.notation import is_nothing


def blocks(page: PageInput) -> Sequence[Block]:
    """Finish and cost with and without waiting, and the resources; nothing without levelling."""
    rows = [row for row in reading.rows(page.run, "levelling") if row["target"] == reading.PROJECT]
    if not rows:
        return []
    measures = ("finish", "cost") if page.has_cost else ("finish",)
    effects = _effects(page, [row for row in rows if row["measure"] in measures])
    resources = reading.rows(page.run, "resources")
    return [effects, *([_resources(page, resources)] if resources else [])]


def _effects(page: PageInput, rows: Sequence[reading.Row]) -> Table:
    columns = [Column(page.say("levelling.statistic"))]
    names = (page.say("levelling.levelled"), page.say("levelling.without"), page.say("levelling.difference"))
    columns += [Column(name, is_number=True) for name in (*names, page.say("column.interval"))]
    caption = page.say("levelling.caption", rule=page.language.term("levelling.rule ", rows[0]["rule"]))
    return Table(caption, columns, [_effect(page, row) for row in rows], "levelling.arrow")


def _effect(page: PageInput, row: reading.Row) -> Row:
    name = page.say(f"levelling.{row['measure']}", statistic=page.say(f"levelling.{row['statistic']}"))
    values = [
        page.estimate(row["measure"], row[which], None, None)[0]
        if row[f"{which}_instant"] is None
        else page.language.day(row[f"{which}_instant"])
        for which in ("levelled", "unlevelled")
    ]
    low, high = row["difference_ci_low"], row["difference_ci_high"]
    difference, interval = page.estimate(row["measure"], row["difference"], low, high, signed=True)
    if row["statistic"] == "deterministic" or is_nothing(row["difference"], low, high):
        interval = ""
    return Row([Cell(text) for text in (name, *values, difference, interval)])


def _resources(page: PageInput, resources: Sequence[reading.Row]) -> Table:
    say = page.say
    columns = [
        Column(say("levelling.resource")),
        Column(say("levelling.capacity"), is_number=True),
        Column(say("levelling.demand"), say("levelling.demand_meaning"), True),
        Column(say("levelling.use"), say("levelling.use_meaning")),
        Column(say("levelling.full"), say("levelling.full_meaning")),
    ]
    ordered = sorted(resources, key=lambda row: (-shortage(row), -row["use"], row["resource"]))
    rows = [_resource(page, row) for row in ordered]
    return Table(say("levelling.resources"), columns, rows, "resources.arrow", is_sortable=True, is_stacked=True)


def _resource(page: PageInput, row: reading.Row) -> Row:
    language = page.language
    cells = [Cell(row["resource"], detail=row["name"])]
    cells += [Cell(language.local(f"{row[name]:g}"), row[name]) for name in ("capacity", "demand")]
    for name in ("use", "full"):
        value, low, high = (row[f"{name}{end}"] for end in ("", "_ci_low", "_ci_high"))
        bar = None if value is None else Bar(0.0, min(value, 1.0), low, high)
        chance, interval = language.chance_estimate(value, low, high)
        cells.append(Cell(chance, value, interval, bar=bar))
    return Row(cells)


SECTION = Section("levelling", blocks)
