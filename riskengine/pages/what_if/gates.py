"""The gates of the what-if page: the chance of each as it would be, beside what it is, with intervals."""

from markupsafe import Markup

from riskengine.analysis.comparison import GateMovement
from riskengine.pages.blocks import Cell, Column, Row, Table
from riskengine.pages.pictures import bars
from riskengine.pages.pictures.scale import share_ticks
from riskengine.pages.what_if.compared import WhatIfPage


def gates_picture(page: WhatIfPage) -> Markup:
    """Return a bar for each gate, with its interval, what is needed and, as a hollow bar, what it was."""
    lines = [
        bars.Line(
            gate.after.gate.id,
            bars.Stretch(0.0, gate.after.probability),
            [bars.Stretch(gate.after.low, gate.after.high)],
            kind=gate.after.answer,
            before=gate.before.probability,
            mark=gate.after.gate.confidence,
        )
        for gate in page.result.gates
    ]
    return bars.draw(lines, share_ticks(page.language), (0.0, 1.0), page.is_narrow)


def gates_table(page: WhatIfPage) -> Table:
    """Return the numbers of the picture, and the difference of each chance with its interval."""
    say = page.say
    columns = [
        Column(say("gates.gate")),
        Column(say("what_if.before"), is_number=True),
        Column(say("gates.chance"), say("gates.chance_meaning"), True),
        Column(say("what_if.points"), say("what_if.points_meaning"), True),
        Column(say("gates.needed"), say("gates.needed_meaning"), True),
        Column(say("gates.answer")),
    ]
    return Table(say("gates.caption"), columns, [_row(page, gate) for gate in page.result.gates], is_stacked=True)


def _row(page: WhatIfPage, gate: GateMovement) -> Row:
    language, after = page.language, gate.after
    wish = after.gate.confidence
    chance, ends = language.chance_estimate(after.probability, after.low, after.high, wish)
    before, ends_before = language.chance_estimate(
        gate.before.probability, gate.before.low, gate.before.high, gate.before.gate.confidence
    )
    change, change_ends = points(page, gate)
    return Row(
        [
            Cell(after.gate.id, detail=after.gate.name),
            Cell(before, detail=ends_before),
            Cell(chance, detail=ends),
            Cell(change, detail=change_ends),
            Cell(language.confidence(wish)),
            Cell(page.say(f"gates.{after.answer}"), kind=after.answer),
        ]
    )


def points(page: WhatIfPage, gate: GateMovement) -> tuple[str, str]:
    """Return the difference of a chance in points of a hundred, and its interval."""
    value, low, high = (100 * each for each in (gate.difference, gate.ci_low, gate.ci_high))
    number, ends = page.language.tenths_estimate(value, low, high, signed=True)
    return page.say("what_if.in_points", number=number), ends
