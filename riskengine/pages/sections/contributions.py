"""What the P80 is made of, where the folder was asked: from the plan, source by source, to the run, as a waterfall."""

from collections.abc import Sequence

from riskengine.pages.blocks import Bar, Block, Cell, Column, Prose, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.pages.waterfall_places import Place, waterfall_places
from riskengine.report import reading

MOST = 12
"""Sources that have a row of their own."""
STATISTIC = "p80"
PLAN, ALL = "plan", "all"


def blocks(page: PageInput) -> Sequence[Block]:
    """A waterfall for the finish and one for the cost; nothing where nobody kept contributions."""
    if "contributions" not in page.run.tables:
        return []
    rows = reading.rows(page.run, "contributions", statistic=STATISTIC)
    measures = ("finish", "cost") if page.has_cost else ("finish",)
    parts = {measure: [row for row in rows if row["measure"] == measure] for measure in measures}
    filled = [_table(page, measure, each) for measure, each in parts.items() if each[0]["value"] != each[-1]["value"]]
    return [Prose([page.say("contributions.words", rule=rows[0]["rule"])]), *filled] if filled else []


def _table(page: PageInput, measure: str, steps: Sequence[reading.Row]) -> Table:
    say = page.say
    plan, total = steps[0]["value"], steps[-1]["value"]
    leading, others = _chosen(steps[1:-1])
    middle = list(leading)
    if others:
        rest = total - sum((step["value"] for step in leading), start=plan)
        middle.append({"kind": "others", "player": "", "name": "", "value": rest, "count": len(others)})
    places = waterfall_places(plan, [step["value"] for step in middle], total)
    rows = [
        _row(page, measure, step, place) for step, place in zip((steps[0], *middle, steps[-1]), places, strict=True)
    ]
    columns = [
        Column(say("contributions.source")),
        Column(say(f"contributions.{measure}"), say("contributions.meaning")),
    ]
    return Table(say(f"contributions.caption_{measure}"), columns, rows, "contributions.arrow", is_stacked=True)


def _chosen(steps: Sequence[reading.Row]) -> tuple[list[reading.Row], list[reading.Row]]:
    """The steps with rows of their own, the largest first, and those that are one row together."""
    moving = sorted((step for step in steps if step["value"]), key=lambda step: -abs(step["value"]))
    return (moving, []) if len(moving) <= MOST + 1 else (moving[:MOST], moving[MOST:])


def _row(page: PageInput, measure: str, step: reading.Row, place: Place) -> Row:
    """A step, with its bar where it stands between the plan and the run."""
    begin, end = place
    start, stop = sorted(place)
    is_step = step["kind"] not in (PLAN, ALL)
    bar = Bar(start, stop, mark=None if is_step else start, kind="less" if end < begin else "more")
    interval_ends = (step.get("ci_low"), step.get("ci_high")) if is_step else (None, None)
    text, interval = page.estimate(measure, step["value"], *interval_ends, signed=is_step)
    return Row([_name(page, step), Cell(text, step["value"], interval, bar=bar)])


def _name(page: PageInput, step: reading.Row) -> Cell:
    if step["kind"] == "risk":
        return Cell(step["player"], detail=step["name"])
    if step["kind"] == "others":
        return Cell(page.say("contributions.others", count=page.language.count(step["count"])))
    return Cell(page.say(f"contributions.{step['kind']}"), detail=step["player"])


SECTION = Section("contributions", blocks)
