"""Whose the contingency is, where the folder was asked: risk by risk, and of the money by element of the WBS."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Prose, Row, Table
from riskengine.pages.section import PageInput
from riskengine.pages.sections.effect_bar import Extent, effect_bar, extent_of
from riskengine.report import reading

MOST = 12
"""Rows of a table, the largest; the others stand in the folder."""
ENDS = ("", "_ci_low", "_ci_high")
TABLES = (("finish", ("risk", "together")), ("cost", ("risk", "together")), ("cost", ("element", "rest")))


def blocks(page: PageInput) -> Sequence[Block]:
    """What adding parts up would come to, and a table of each kind; nothing where nobody kept them."""
    if "contingency_parts" not in page.run.tables:
        return []
    rows = reading.rows(page.run, "contingency_parts")
    made: list[Block] = []
    added, excess = ([row for row in rows if row["kind"] == kind] for kind in ("added", "excess"))
    if added and excess:
        level = page.language.confidence(added[0]["confidence"])
        sum_text = page.with_ends(*_estimate(page, added[0], False))
        excess_text = page.with_ends(*_estimate(page, excess[0], True))
        made.append(Prose([page.say("contingency.additive", level=level, added=sum_text, excess=excess_text)]))
    for measure, kinds in TABLES:
        parts = [row for row in rows if row["measure"] == measure and row["kind"] in kinds and row["value"]]
        if parts:
            made.append(_table(page, measure, kinds[0], parts))
    return made


def _table(page: PageInput, measure: str, kind: str, parts: Sequence[reading.Row]) -> Table:
    ordered = sorted(parts, key=lambda row: (-abs(row["value"]), row["key"]))[:MOST]
    extent = extent_of(row[f"value{end}"] for row in ordered for end in ENDS)
    rows = [Row([_name(page, row), _value(page, row, extent)]) for row in ordered]
    columns = [Column(page.say(f"contingency.by_{kind}")), Column(page.say("contingency.part"))]
    level = page.language.confidence(ordered[0]["confidence"])
    caption = page.say(f"contingency.parts_{measure}", level=level)
    return Table(caption, columns, rows, "contingency_parts.arrow", is_stacked=True)


def _name(page: PageInput, row: reading.Row) -> Cell:
    if row["kind"] in ("together", "rest"):
        return Cell(page.say(f"contingency.{row['kind']}"))
    return Cell(row["key"] or page.say("contingency.no_element"), detail=row["name"])


def _value(page: PageInput, row: reading.Row, extent: Extent) -> Cell:
    value, low, high = (row[f"value{end}"] for end in ENDS)
    text, interval = _estimate(page, row, True)
    return Cell(text, value, interval, bar=effect_bar(value, low, high, extent))


def _estimate(page: PageInput, row: reading.Row, is_signed: bool) -> tuple[str, str]:
    value, low, high = (row[f"value{end}"] for end in ENDS)
    return page.estimate(row["measure"], value, low, high, signed=is_signed)
