"""What moved in numbers: finish and cost at each statistic, targets, gates, and what the plans say otherwise."""

from collections.abc import Sequence
from typing import Final

from riskengine.pages.blocks import Bar, Block, Cell, Column, Facts, Prose, Row, Table
from riskengine.pages.comparing.input import ComparisonInput, moment_of
from riskengine.pages.comparing.input import Row as Document
from riskengine.pages.sections.effect_bar import Extent, effect_bar, extent_of

MOST_CHANGES: Final = 400
STATISTICS: Final = {"p50": "P50", "p80": "P80", "p90": "P90"}


def movement_blocks(page: ComparisonInput) -> Sequence[Block]:
    """A table for the finish, one for the cost, and one for the P80 of other targets."""
    tables: list[Block] = []
    for measure in page.measures:
        movements = page.movements("project", measure)
        unit = page.unit if measure == "finish" else ""
        caption = page.say(f"compared.caption_{measure}", unit=unit)
        names = [statistic_cell(page, movement) for movement in movements]
        tables.append(movement_table(page, caption, movements, names))
    others = [row for row in page.document["differences"] if row["target"] != "project" and row["statistic"] == "p80"]
    if others:
        names = [Cell(row["target"]) for row in others]
        tables.append(movement_table(page, page.say("compared.caption_targets", unit=page.unit), others, names))
    return tables


def movement_table(page: ComparisonInput, caption: str, movements: Sequence[Document], names: Sequence[Cell]) -> Table:
    """Return both values of each row, and the difference as a bar from nothing with its interval."""
    say = page.say
    columns = [
        Column(say("compared.what")),
        Column(say("compared.before"), page.document["before"], True),
        Column(say("compared.after"), page.document["after"], True),
        Column(say("compared.difference"), say("compared.difference_meaning")),
    ]
    extent = extent_of(row[name] for row in movements for name in ("difference", "ci_low", "ci_high"))
    rows = [
        Row([name, *side_cells(page, movement), difference_cell(page, movement, extent)])
        for name, movement in zip(names, movements, strict=True)
    ]
    return Table(caption, columns, rows, is_stacked=True)


def statistic_cell(page: ComparisonInput, movement: Document) -> Cell:
    """Return the name of a statistic."""
    statistic = movement["statistic"]
    return Cell(STATISTICS.get(statistic) or page.say(f"compared.statistic_{statistic}"))


def side_cells(page: ComparisonInput, movement: Document) -> list[Cell]:
    """Return the values of both plans."""
    return [Cell(page.side(movement, when), movement[when]) for when in ("before", "after")]


def difference_cell(page: ComparisonInput, movement: Document, extent: Extent) -> Cell:
    """Return a difference with its interval and its bar."""
    value, interval = page.difference(movement["measure"], movement)
    bar = effect_bar(movement["difference"], movement["ci_low"], movement["ci_high"], extent)
    return Cell(value, movement["difference"], "" if movement["statistic"] == "plan" else interval, bar=bar)


def gate_blocks(page: ComparisonInput) -> Sequence[Block]:
    """The chance of each gate in both plans as bars with their intervals, and the difference; nothing without gates."""
    gates = page.document["gates"]
    if not gates:
        return []
    say = page.say
    columns = [
        Column(say("gates.gate")),
        Column(say("compared.before"), page.document["before"]),
        Column(say("compared.after"), page.document["after"]),
        Column(say("compared.points"), say("compared.points_meaning"), True),
    ]
    extra = [Prose([say("compared.other_questions")])] if any(not gate["same_question"] for gate in gates) else []
    return [
        Table(say("compared.caption_gates"), columns, [gate_row(page, gate) for gate in gates], is_stacked=True),
        *extra,
    ]


def gate_row(page: ComparisonInput, gate: Document) -> Row:
    """Return a gate in both plans."""
    points, interval = page.points(gate)
    sides = [chance_cell(page, gate[when]) for when in ("before", "after")]
    return Row([Cell(gate["gate"], detail=gate["name"]), *sides, Cell(points, gate["difference"], interval)])


def chance_cell(page: ComparisonInput, answer: Document) -> Cell:
    """Return the chance of a gate in one plan, with what it asks for."""
    wish, low, high = answer["confidence"], answer["ci_low"], answer["ci_high"]
    chance, interval = page.language.chance_estimate(answer["probability"], low, high, wish)
    bar = Bar(0.0, answer["probability"], low, high, mark=wish, kind=answer["answer"])
    verdict = page.say(f"gates.{answer['answer']}")
    detail = f"{interval}; {verdict}; {asks(page, answer)}"
    return Cell(chance, answer["probability"], detail, kind=answer["answer"], bar=bar)


def asks(page: ComparisonInput, answer: Document) -> str:
    """Return what a gate asks for in one plan."""
    parts = []
    if answer["finish"] is not None:
        by = page.say("gates.by", date=page.language.moment(moment_of(answer["finish"])))
        parts.append(by if answer["target"] == "project" else f"{answer['target']} {by}")
    if answer["cost"] is not None:
        parts.append(page.say("gates.at_most", amount=page.language.limit(answer["cost"], page.currency)))
    return ", ".join([*parts, page.language.confidence(answer["confidence"])])


def change_blocks(page: ComparisonInput) -> Sequence[Block]:
    """What the second plan says otherwise, by groups; nothing where it says the same."""
    if not page.changes:
        return []
    say = page.say
    columns = [Column(say(f"compared.{name}")) for name in ("group", "entity", "field", "before", "after")]
    rows = [change_row(page, change) for change in page.changes[:MOST_CHANGES]]
    caption = say("compared.caption_changes", count=page.language.count(len(page.changes)))
    table = Table(caption, columns, rows, is_sortable=True, has_filter=len(rows) > 10, is_stacked=True)
    left_out = len(page.changes) - len(rows)
    return [table, *([Prose([say("compared.more_changes", count=page.language.count(left_out))])] if left_out else [])]


def change_row(page: ComparisonInput, change: Document) -> Row:
    """Return one thing that the second plan says otherwise."""
    entity = Cell(change["id"] or page.say("compared.the_plan"), detail=change["name"])
    sides = [Cell(change[f"{when}_text"]) for when in ("before", "after")]
    kind = page.say(f"compared.kind_{change['kind']}")
    return Row(
        [Cell(page.language.term("compared.part_", change["group"])), entity, Cell(change["field"] or kind), *sides]
    )


def method_blocks(page: ComparisonInput) -> Sequence[Block]:
    """How both were computed."""
    document, say = page.document, page.say
    return [
        Prose([say("compared.how", unit=page.unit)]),
        Facts(
            [
                (say("compared.before"), document["before"]),
                (say("compared.after"), document["after"]),
                (say("compared.iterations"), page.language.count(document["iterations"])),
                (say("compared.draws"), f"{document['method']}, {document['seed']}"),
            ]
        ),
    ]
