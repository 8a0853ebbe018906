"""The projects of a programme: when each finishes, what it costs, and what all of them need together."""

from collections.abc import Sequence

from riskengine.pages.blocks import Block, Cell, Column, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading
from riskengine.report.summary.projects import OF_NO_PROJECT, final_costs, finish_of


def blocks(page: PageInput) -> Sequence[Block]:
    """A row for each project, then their sum and the programme; nothing for a scenario that is no programme."""
    projects = reading.rows(page.run, "projects")
    if not projects:
        return []
    say = page.say
    costs = final_costs(page.run, projects)
    columns = [Column(say("projects.project")), Column(say("projects.finish"), is_number=True)]
    columns += [Column(say("projects.cost"), say("projects.cost_meaning"), True)] if costs else []
    rows = [_row(page, project["project"], project["name"], project["project"], costs) for project in projects]
    if OF_NO_PROJECT in costs:
        rows.append(_row(page, say("projects.of_none"), "", "", {"": costs[OF_NO_PROJECT]}))
    if costs:
        rows.append(_row(page, say("projects.sum"), "", "", {"": costs["sum"]}))
    whole = _row(page, say("projects.programme"), "", reading.PROJECT, {reading.PROJECT: costs[""]} if costs else {})
    source = "percentiles.arrow, cost_periods.arrow" if costs else "percentiles.arrow"
    return [Table(say("projects.caption"), columns, [*rows, whole], source, is_stacked=True)]


def _row(page: PageInput, label: str, name: str, target: str, costs: dict[str, reading.Row]) -> Row:
    language = page.language
    finish = finish_of(page.run, target, 80) if target else None
    cells = [Cell(label, detail=name), Cell(language.day(finish) if finish else "", finish)]
    if target in costs:
        cost = costs[target]
        ends = (cost["p80_ci_low"], cost["p80_ci_high"])
        value, interval = language.money_estimate(cost["p80"], *ends, page.currency)
        cells.append(Cell(value, cost["p80"], interval))
    elif costs:
        cells.append(Cell("-"))
    return Row(cells)


SECTION = Section("projects", blocks)
