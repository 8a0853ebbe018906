"""The assumptions: every estimate in its own words, and where its numbers came from."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Prose, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.pages.sections.estimate_words import estimate_in_words
from riskengine.report import reading

MOST = 500
"""Estimates that have a row: of thousands they would take more than the page may."""
FEWER = 25
"""So many where the table of tasks takes most of the page."""
COLUMNS = ("estimate", "kind", "owner_id", "quantity", "target", "state", "shape", "words", "source")
CONSTANT = "constant"


def blocks(page: PageInput) -> Sequence[Block]:
    """One table, in the order of the scenario; of too many, ranges before numbers that are known."""
    estimates = reading.rows(page.run, "estimates", COLUMNS)
    if not estimates:
        return []
    say = page.say
    chosen_estimates = _chosen(page, estimates)
    has_source = any(estimate["source"] for estimate in chosen_estimates)
    columns = [Column(say("assumptions.of")), Column(say("assumptions.quantity")), Column(say("assumptions.words"))]
    columns += [Column(say("assumptions.source"))] if has_source else []
    rows = [_row(page, estimate, has_source) for estimate in chosen_estimates]
    table = Table(
        say("assumptions.caption"),
        columns,
        rows,
        "estimates.arrow",
        is_sortable=True,
        has_filter=True,
        is_compact=True,
        most_printed=150,
    )
    left_out = len(estimates) - len(chosen_estimates)
    remark = [Prose([say("assumptions.left_out", count=page.language.count(left_out))])] if left_out else []
    unsourced = sum(not estimate["source"] for estimate in estimates)
    counts = {"all": page.language.count(len(estimates)), "count": page.language.count(unsourced)}
    return [Prose([say("assumptions.without_source", **counts)]), table, *remark]


def _chosen(page: PageInput, estimates: Sequence[reading.Row]) -> list[reading.Row]:
    """All of them, or as many as there is room for: ranges of what is simulated first, in the order of the table."""
    most = FEWER if page.has_many_tasks else MOST
    if len(estimates) <= most:
        return list(estimates)
    criticality = dict(
        zip(*(page.run.tables["tasks"][name].to_pylist() for name in ("task", "criticality")), strict=True)
    )

    def order(place: int) -> tuple[bool, float, int]:
        estimate = estimates[place]
        is_range = estimate["state"] == "simulated" and estimate["shape"] != CONSTANT
        return not is_range, -criticality.get(estimate["owner_id"], 1.0), place

    return [estimates[place] for place in sorted(sorted(range(len(estimates)), key=order)[:most])]


def _row(page: PageInput, estimate: reading.Row, has_source: bool) -> Row:
    adds_items = estimate["quantity"] == "items" and estimate["target"]
    quantity = page.language.term("assumptions.", "more items" if adds_items else estimate["quantity"])
    target = f" {estimate['target']}" if estimate["target"] else ""
    state = "" if estimate["state"] == "simulated" else page.language.term("assumptions.", estimate["state"])
    name = page.task_names.get(estimate["owner_id"], "") if estimate["kind"] == "task" else ""
    owner = estimate["owner_id"] or page.language.term("assumptions.", estimate["kind"])
    cells = [
        Cell(owner, detail=name),
        Cell(f"{quantity}{target}", detail=state),
        Cell(estimate_in_words(estimate["words"], page.language)),
    ]
    return Row([*cells, Cell(estimate["source"])] if has_source else cells)


SECTION = Section("assumptions", blocks)
