"""Which dates with which amounts reach a level, and what equal percentiles of finish and cost take for it."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from riskengine.analysis.joint_confidence import FrontierPoint, JointConfidence, JointQuestion, joint_confidence
from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.pages.blocks import Block, Cell, Column, Prose, Row, Table
from riskengine.pages.section import PageInput
from riskengine.report import reading

USUAL_LEVEL: Final = Fraction(7, 10)
"""Where no gate asks for a date and an amount: that of NASA's policy."""


def blocks(page: PageInput) -> Sequence[Block]:
    """A table of dates with the money that each needs, and sentences about equal percentiles."""
    target, level = question_of(page)
    result = joint_confidence(page.run, JointQuestion(level, target))
    wanted = page.language.confidence(float(level))
    columns = [
        Column(page.say("joint.by")),
        Column(page.say("joint.on_time"), page.say("joint.on_time_meaning"), True),
        Column(page.say("joint.needed"), is_number=True),
        Column(page.say("column.interval"), is_number=True),
    ]
    rows = [_row(page, point) for point in every_third(result.frontier)]
    caption = page.say("joint.frontier", level=wanted, target=_name(page, target))
    return [Prose(_sentences(page, result, wanted)), Table(caption, columns, rows, "iterations.arrow")]


def every_third(points: Sequence[FrontierPoint]) -> Sequence[FrontierPoint]:
    """Return every third date and the last: who wants them all asks ``riskengine jcl``."""
    return [*points[:-1:3], points[-1]]


def question_of(page: PageInput) -> tuple[str, Fraction]:
    """Return whose finish is asked for and with which probability: by the first gate on both, else of the project."""
    for gate in reading.rows(page.run, "gates"):
        if gate["finish"] is not None and gate["cost"] is not None and 0 < gate["confidence"] < 1:
            return str(gate["target"]), Fraction(repr(gate["confidence"]))
    return reading.PROJECT, USUAL_LEVEL


def _name(page: PageInput, target: str) -> str:
    return page.say("joint.project") if target == reading.PROJECT else target


def _sentences(page: PageInput, result: JointConfidence, wanted: str) -> list[str]:
    equal = result.equal
    dates = page.language.span(equal.finish.ci_low, equal.finish.ci_high)
    needed = page.say(
        "joint.equal",
        level=wanted,
        share=_with_ends(page, *_chance(page, equal.share)),
        date=_with_ends(page, page.language.day(equal.finish.value), dates),
        amount=_with_ends(page, *_money(page, equal.cost)),
    )
    at_level = page.say(
        "joint.at_level",
        level=wanted,
        date=page.language.day(equal.finish_at_level),
        amount=page.language.money(equal.cost_at_level, page.currency),
        share=_with_ends(page, *_chance(page, equal.joint_at_level)),
    )
    return [needed, at_level]


def _row(page: PageInput, point: FrontierPoint) -> Row:
    chance, ends = _chance(page, point.on_time)
    amount, interval = _money(page, point.cost)
    return Row([Cell(page.language.day(point.finish)), Cell(chance, detail=ends), Cell(amount), Cell(interval)])


def _chance(page: PageInput, share: SingleInterval) -> tuple[str, str]:
    return page.language.chance_estimate(share.value, share.ci_low, share.ci_high)


def _money(page: PageInput, amount: SingleInterval) -> tuple[str, str]:
    return page.language.money_estimate(amount.value, amount.ci_low, amount.ci_high, page.currency)


def _with_ends(page: PageInput, value: str, ends: str) -> str:
    return page.say("joint.with_ends", value=value, ends=ends) if ends else value
