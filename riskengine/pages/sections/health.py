"""The health of the schedule: the points of the assessment as bars, and what would mislead the run."""

import json
import re
from collections.abc import Sequence

from riskengine.pages.blocks import Bar, Block, Cell, Column, Prose, Row, Table
from riskengine.pages.section import PageInput, Section
from riskengine.report import reading
from riskengine.report.text.notation import UNKNOWN

MOST_NAMED = 5
INDEXES = ("RE563", "RE564")
"""Points whose value is an index, and no share."""
KINDS = {"pass": "pass", "fail": "fail"}
BOUND = re.compile(r"at (least|most) ([\d.]+)( %)?")
WORDS = ("none", "all", "no threshold")
"""What points without a number ask for."""
LEVELS = {"warning": "fail", "note": ""}


def blocks(page: PageInput) -> Sequence[Block]:
    """The points with what is asked for, and the findings behind them; nothing where nobody examined the plan."""
    points = reading.rows(page.run, "health")
    if not points:
        return []
    findings = reading.rows(page.run, "health_findings")
    lead = page.say(
        "health.lead",
        failed=page.language.count(sum(point["result"] == "fail" for point in points)),
        assessed=page.language.count(sum(point["result"] in KINDS for point in points)),
        warnings=page.language.count(sum(finding["level"] == "warning" for finding in findings)),
    )
    return [Prose([lead]), points_table(page, points), *findings_table(page, findings)]


def points_table(page: PageInput, points: Sequence[reading.Row]) -> Table:
    """Return the points, each value as a bar with an upright at what is asked for."""
    say = page.say
    columns = [
        Column(say("health.point")),
        Column(say("health.counts"), say("health.counts_meaning")),
        Column(say("health.value"), say("health.value_meaning")),
        Column(say("health.asks")),
        Column(say("health.result")),
    ]
    rows = [point_row(page, point) for point in points]
    return Table(say("health.caption"), columns, rows, "health.arrow", is_stacked=True)


def point_row(page: PageInput, point: reading.Row) -> Row:
    """Return a point: what it counts, what came of it, and whether that passes."""
    language, code, value = page.language, point["code"], point["value"]
    bar = None
    if value is not None:
        bound = None if point["bound"] is None else min(max(point["bound"], 0.0), 1.0)
        bar = Bar(0.0, min(max(value, 0.0), 1.0), mark=bound, kind=KINDS.get(point["result"], ""))
    return Row(
        [
            Cell(str(language.words.get(f"health.name.{code}", point["name"])), order=point["number"], detail=code),
            Cell(str(language.words.get(f"health.counts.{code}", point["remark"]))),
            Cell(value_words(page, point), value, quotient(page, point), bar=bar),
            Cell(asks(page, point)),
            Cell(page.say(f"health.result.{point['result'].replace(' ', '_')}"), kind=KINDS.get(point["result"], "")),
        ]
    )


def value_words(page: PageInput, point: reading.Row) -> str:
    """Return the value of a point: a share in percent, an index as a number."""
    if point["value"] is None:
        return UNKNOWN
    if point["code"] in INDEXES:
        return page.language.plain(point["value"], 3)
    return page.language.chance(point["value"], point["bound"])


def quotient(page: PageInput, point: reading.Row) -> str:
    """Return how many of how many; working days for an index of lengths, which has no counts."""
    if point["denominator"] is None or point["code"] == "RE563":
        return ""
    some, all_ = (page.language.count(round(point[name])) for name in ("numerator", "denominator"))
    return page.say("health.of", some=some, all=all_)


def asks(page: PageInput, point: reading.Row) -> str:
    """Return what a point asks for: of one that cannot be assessed, too."""
    words = point["threshold"]
    if words in WORDS:
        return page.say(f"health.asks.{words.replace(' ', '_')}")
    match = BOUND.fullmatch(words)
    if match is None:
        return str(words)
    direction, bound, percent = match.groups()
    share = page.language.confidence(float(bound) / 100) if percent else page.language.plain(float(bound), 2)
    return page.say("health.at_least" if direction == "least" else "health.at_most", share=share)


def findings_table(page: PageInput, findings: Sequence[reading.Row]) -> list[Block]:
    """Return what was found, warnings first; nothing where all is well."""
    if not findings:
        return []
    say = page.say
    columns = [
        Column(say("health.finding")),
        Column(say("health.level"), say("health.level_meaning")),
        Column(say("health.count"), "", True),
        Column(say("health.behind")),
    ]
    ordered = sorted(findings, key=lambda finding: (finding["level"] != "warning", finding["number"]))
    rows = [finding_row(page, finding) for finding in ordered]
    return [Table(say("health.findings_caption"), columns, rows, "health_findings.arrow", is_stacked=True)]


def finding_row(page: PageInput, finding: reading.Row) -> Row:
    """Return a finding with the first of what is behind it."""
    behind = json.loads(finding["behind"])
    names = ", ".join(behind[:MOST_NAMED])
    if len(behind) > MOST_NAMED:
        names = page.say("health.more", names=names, more=page.language.count(len(behind) - MOST_NAMED))
    title = str(page.language.words.get(f"health.title.{finding['code']}", finding["title"]))
    return Row(
        [
            Cell(title, detail=finding["code"]),
            Cell(page.say(f"health.level.{finding['level']}"), kind=LEVELS[finding["level"]]),
            Cell(page.language.count(finding["count"]), finding["count"]),
            Cell(names or UNKNOWN),
        ]
    )


SECTION = Section("health", blocks)
