"""What is redrawn of the what-if page: pictures and tables of a plan as it would be, beside the plan as it is."""

from typing import Final

from riskengine.analysis.comparison import STATISTICS, MeasureMovement, Movement, bounded
from riskengine.analysis.decision import verdict
from riskengine.analysis.tables.distribution import cost_percentiles, finish_percentiles
from riskengine.pages.blocks import Cell, Column, Row, Table, Tile, Tiles
from riskengine.pages.what_if.compared import WhatIfPage
from riskengine.pages.what_if.curves import cost_picture, finish_picture
from riskengine.pages.what_if.gates import gates_picture, gates_table
from riskengine.pages.what_if.macros import macros

LABELS: Final = ("p50", "p80", "p90")
"""Statistics that are called alike in every language."""


def render_answer(page: WhatIfPage) -> dict[str, str]:
    """Return the parts of the page that are redrawn, as markup in which every text is cleaned and escaped."""
    markup_of, answer = macros(page), answer_of(page)
    parts = {
        "answer": markup_of.head(answer, page.say(f"answer.{answer}"), tiles(page)),
        "finish": finish_picture(page),
        "gates": markup_of.pictured(gates_picture(page), gates_table(page)) if page.result.gates else "",
        "difference": markup_of.rows(difference_table(page)),
        "cost": cost_picture(page) if page.has_cost else "",
    }
    return {name: str(markup) for name, markup in parts.items()}


def status(page: WhatIfPage) -> str:
    """Return what a reader hears who does not see the pictures: the answer, P80 of the finish, its change."""
    moved = page.finish.of("p80")
    return page.say(
        "what_if.status",
        answer=page.say(f"answer.{answer_of(page)}"),
        finish=page.language.day(moved.after_instant),
        change=page.difference_texts(page.finish, moved)[0],
    )


def brief(page: WhatIfPage, count: str) -> str:
    """Return what stands where it is always seen: P80 of the finish, its change, how many iterations that is from."""
    moved = page.finish.of("p80")
    change, ends = page.difference_texts(page.finish, moved)
    finish = page.language.day(moved.after_instant)
    return page.say(
        "what_if.brief", finish=finish, change=change, ends=ends or page.say("what_if.no_ends"), count=count
    )


def answer_of(page: WhatIfPage) -> str:
    """Return what the gates amount to: ``go``, ``no-go``, ``undecided``, or ``none`` without any."""
    return verdict([gate.after.answer for gate in page.result.gates]) or "none"


def tiles(page: WhatIfPage) -> Tiles:
    """Return P50 and P80 of the finish and P80 of the cost, each with its interval and with what is changed of it."""
    language = page.language
    finishes, made = finish_percentiles(page.after, page.after.target.index(page.target), (50, 80)), []
    for at, name in enumerate(("p50", "p80")):
        span = language.span(finishes["instant_ci_low"][at].item(), finishes["instant_ci_high"][at].item())
        movement = page.finish.of(name)
        title = page.say("what_if.finish_at", percentile=name.upper())
        made.append(Tile(title, language.day(movement.after_instant), _detail(page, page.finish, movement, span)))
    if page.has_cost:
        costs = cost_percentiles(page.after, (80,))
        low, high = (bounded(costs[name].item()) for name in ("ci_low", "ci_high"))
        text, ends = language.money_estimate(costs["value"].item(), low, high, page.currency)
        detail = _detail(page, page.cost, page.cost.of("p80"), ends)
        made.append(Tile(page.say("what_if.cost_at", percentile="P80"), text, detail))
    return Tiles(made)


def _detail(page: WhatIfPage, measure: MeasureMovement, movement: Movement, interval: str) -> str:
    change, ends = page.difference_texts(measure, movement)
    is_open = page.say("what_if.no_ends")
    return page.say("what_if.detail", interval=interval or is_open, change=change, ends=ends or is_open)


def difference_table(page: WhatIfPage) -> Table:
    """Return each statistic of finish and cost, before and after, with the difference and its interval."""
    say = page.say
    columns = [
        Column(say("what_if.statistic")),
        Column(say("what_if.before"), is_number=True),
        Column(say("what_if.after"), is_number=True),
        Column(say("what_if.difference"), say("what_if.difference_meaning"), True),
        Column(say("column.interval"), is_number=True),
    ]
    rows = [_difference_row(page, page.finish, name) for name in STATISTICS]
    if page.has_cost:
        rows += [_difference_row(page, page.cost, name) for name in STATISTICS]
    for measure in page.result.measures:
        if measure.measure == "finish" and measure.target != page.target:
            rows += [_difference_row(page, measure, name) for name in ("p50", "p80")]
    return Table(say("what_if.difference_caption"), columns, rows, is_stacked=True)


def _difference_row(page: WhatIfPage, measure: MeasureMovement, statistic: str) -> Row:
    movement, language = measure.of(statistic), page.language
    what = page.say(f"what_if.{measure.measure}")
    if measure.target != "project":
        what = page.say("outcomes.target", target=measure.target)
    name = statistic.upper() if statistic in LABELS else page.say(f"what_if.{statistic}")
    sides = [(movement.before, movement.before_instant), (movement.after, movement.after_instant)]
    texts = [
        language.money(value, page.currency)
        if measure.measure == "cost"
        else language.days(value)
        if instant is None
        else language.day(instant)
        for value, instant in sides
    ]
    change, ends = page.difference_texts(measure, movement)
    texts += [change, page.say("what_if.exact") if statistic == "plan" else ends]
    return Row([Cell(f"{what}, {name}"), *map(Cell, texts)])
