"""The gates: each chance as a bar with its interval, beside the confidence that was asked for."""

from collections.abc import Sequence

from riskengine.pages.blocks import Bar, Block, Cell, Column, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading


def blocks(page: PageInput) -> Sequence[Block]:
    """One table, whose bars are the picture; nothing for a scenario without gates."""
    gates = reading.rows(page.run, "gates")
    if not gates:
        return []
    columns = [
        Column(page.say("gates.gate")),
        Column(page.say("gates.asks")),
        Column(page.say("gates.chance"), page.say("gates.chance_meaning")),
        Column(page.say("gates.needed"), page.say("gates.needed_meaning"), True),
        Column(page.say("gates.answer")),
    ]
    rows = [_row(page, gate) for gate in gates]
    return [Table(page.say("gates.caption"), columns, rows, "gates.arrow", is_stacked=True)]


def asks(page: PageInput, gate: reading.Row) -> str:
    """What a gate asks for: the target, the date, the amount."""
    parts = []
    if gate["finish"] is not None:
        by = page.say("gates.by", date=page.language.moment(gate["finish"]))
        parts.append(by if gate["target"] == reading.PROJECT else f"{gate['target']} {by}")
    if gate["cost"] is not None:
        parts.append(page.say("gates.at_most", amount=page.language.limit(gate["cost"], page.currency)))
    return ", ".join(parts)


def _row(page: PageInput, gate: reading.Row) -> Row:
    language, wish = page.language, gate["confidence"]
    chance, ends = language.chance_estimate(gate["probability"], gate["ci_low"], gate["ci_high"], wish)
    bar = Bar(0.0, gate["probability"], gate["ci_low"], gate["ci_high"], mark=wish, kind=gate["answer"])
    interval = page.interval_at(ends, gate["level"])
    return Row(
        [
            Cell(gate["gate"], detail=gate["name"]),
            Cell(asks(page, gate), detail=page.task_names.get(gate["target"], "")),
            Cell(chance, gate["probability"], interval, bar=bar),
            Cell(language.confidence(wish), wish),
            Cell(page.say(f"gates.{gate['answer']}"), kind=gate["answer"]),
        ]
    )


SECTION = Section("gates", blocks)
