"""Finish and cost together: sentences, tables for the terminal, and one JSON object."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from riskengine.analysis.joint_confidence import (
    FrontierPoint,
    JointChance,
    JointConfidence,
    LatestFinish,
    least_iterations,
)
from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.errors.counting import counted
from riskengine.report.reading import PROJECT
from riskengine.report.text.intervals import bare_money, chances, money_of
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.notation import (
    chance,
    clean,
    confidence_in_hundred,
    day,
    ends,
    estimate,
    last_day,
    limit,
    moment,
    span,
    with_decimals,
)

INTERVAL: Final = "95% interval"


def sentences(result: JointConfidence, manifest: Mapping[str, Any], has_cost: bool) -> list[str]:
    """Return the answer in sentences: the plan, what was asked, equal percentiles."""
    currency = manifest["currency"]
    if not has_cost:
        return [
            "Nothing costs anything: whether both are kept is decided by the date alone.",
            plan_words(result, currency),
        ]
    lines = [plan_words(result, currency)]
    if result.pair is not None:
        lines += pair_words(result.pair, currency)
    if result.at_finish is not None:
        lines.append(money_words(result.at_finish, result, currency))
    if result.at_cost is not None:
        lines.append(date_words(result.at_cost, result, currency))
    return [*lines, *equal_words(result, manifest)]


def plan_words(result: JointConfidence, currency: str) -> str:
    """Return how often the plan keeps its date and its cost."""
    plan = result.plan
    who = "" if result.question.target == PROJECT else f" for {clean(result.question.target)}"
    amount = money_of(currency)(plan.cost, 0, "")
    return (
        f"The plan{who} keeps its date, {day(plan.finish)}, and its cost, {amount}, at once with a probability of "
        f"{share_words(plan.joint)}; the date alone with {chance(plan.on_time.value)}, the cost alone with "
        f"{chance(plan.in_budget.value)}."
    )


def pair_words(pair: JointChance, currency: str) -> list[str]:
    """Return how often a date and an amount are kept, and what one says of the other."""
    lines = [
        f"By {moment(pair.finish)} and within {limit(pair.cost, currency)}: {share_words(pair.joint)}; by that date "
        f"{chance(pair.on_time.value)}, within that amount {chance(pair.in_budget.value)}."
    ]
    if pair.in_budget_if_on_time.value is not None:
        lines.append(f"Of the futures on time, {share_words(pair.in_budget_if_on_time)} are within the amount.")
    if pair.on_time_if_in_budget.value is not None:
        lines.append(f"Of the futures within the amount, {share_words(pair.on_time_if_in_budget)} are on time.")
    return lines


def money_words(point: FrontierPoint, result: JointConfidence, currency: str) -> str:
    """Return the money that a date needs."""
    wanted = f"{level_text(result.question.level)} for both at once"
    if point.cost.value is None:
        return f"By {moment(point.finish)} no amount gives {wanted}: {share_words(point.on_time)} are on time at all."
    value, interval = money_texts(point.cost, currency)
    return f"By {moment(point.finish)} it takes {value}{in_brackets(interval)} to have {wanted}."


def date_words(point: LatestFinish, result: JointConfidence, currency: str) -> str:
    """Return the date that an amount allows."""
    wanted = f"{level_text(result.question.level)} for both at once"
    amount = limit(point.cost, currency)
    if point.finish.value is None:
        return f"Within {amount} no date gives {wanted}: {share_words(point.in_budget)} are within it at all."
    interval = span(point.finish.ci_low, point.finish.ci_high)
    return f"Within {amount} it takes until {day(point.finish.value)}{in_brackets(interval)} to have {wanted}."


def equal_words(result: JointConfidence, manifest: Mapping[str, Any]) -> list[str]:
    """Return what equal percentiles give, and which are needed."""
    equal, level, currency = result.equal, level_text(result.question.level), manifest["currency"]
    value, interval = money_texts(equal.cost, currency)
    dates = span(equal.finish.ci_low, equal.finish.ci_high)
    lines = [
        f"For {level} both at once at equal percentiles, take P{percent_texts(equal.share)[0]} of each"
        f"{in_brackets(percent_texts(equal.share)[1])}: {day(equal.finish.value)}{in_brackets(dates)} and "
        f"{value}{in_brackets(interval)}.",
        f"P{level.removesuffix('%')} of the finish, {day(equal.finish_at_level)}, with that of the cost, "
        f"{money_of(currency)(equal.cost_at_level, 0, '')}, gives {share_words(equal.joint_at_level)}.",
    ]
    return lines + open_end_words((equal.share, equal.finish, equal.cost), result.question.level, manifest)


def open_end_words(intervals: Sequence[SingleInterval], level: Fraction, manifest: Mapping[str, Any]) -> list[str]:
    """Return that more iterations would close ends of intervals; nothing where none is open, or no more would."""
    least = least_iterations(level)
    if manifest["iterations"] >= least or all(None not in (each.ci_low, each.ci_high) for each in intervals):
        return []
    return [
        f"Ends of intervals are open: {counted(manifest['iterations'], 'iteration')} say too little of "
        f"{level_text(level)}; about {least:,} would say more."
    ]


def render(result: JointConfidence, manifest: Mapping[str, Any], width: int, has_cost: bool) -> str:
    """Return sentences and tables for people."""
    lines: list[str] = []
    for sentence in sentences(result, manifest, has_cost):
        lines += paragraph(sentence, width)
    lines += ["", *chance_lines(result, manifest["currency"], width)]
    if has_cost:
        lines += ["", *frontier_lines(result, manifest["currency"], width)]
    footnote = (
        f"{counted(manifest['iterations'], 'iteration')} ({manifest['method']}, seed {manifest['seed']}). Both at once "
        "is counted, not multiplied: what makes the project late often makes it dear, too."
    )
    return "\n".join([*lines, "", *paragraph(footnote, width)])


def chance_lines(result: JointConfidence, currency: str, width: int) -> list[str]:
    """Return the table of dates with amounts: the plan, the gates, what was asked."""
    cells = [["kept", "by", f"within {clean(currency)}".rstrip(), "both", INTERVAL, "by date", "in cost"]]
    rows = [("plan", result.plan)]
    rows += [(clean(each.name or each.gate), each.chance) for each in result.gates]
    rows += [] if result.pair is None else [("as asked", result.pair)]
    for name, each in rows:
        amount = bare_money(each.cost, 0, "")
        shares = [chance(each.joint.value), chances(each.joint.ci_low, each.joint.ci_high)]
        shares += [chance(each.on_time.value), chance(each.in_budget.value)]
        cells.append([name, day(each.finish), amount, *shares])
    return table(cells, width, (2, 3, 5, 6), heading=True)


def frontier_lines(result: JointConfidence, currency: str, width: int) -> list[str]:
    """Return the table of dates with the money that each needs."""
    cells = [[f"both at {level_text(result.question.level)}: by", "on time", "within", INTERVAL]]
    for point in result.frontier:
        value, interval = money_texts(point.cost, currency)
        cells.append([day(point.finish), chance(point.on_time.value), value, interval])
    return table(cells, width, (1, 2), heading=True)


def level_text(level: Fraction) -> str:
    """Return a probability that is asked for as it was written."""
    return f"{confidence_in_hundred(float(level))}%"


def share_words(share: SingleInterval) -> str:
    """Return a probability with its interval in brackets."""
    if share.ci_low is None or share.ci_high is None:
        return chance(share.value)
    return f"{chance(share.value)} ({chances(share.ci_low, share.ci_high)})"


def in_brackets(interval: str) -> str:
    """Return an interval in brackets behind a value, nothing where there is none."""
    return f" ({interval})" if interval else ""


def money_texts(amount: SingleInterval, currency: str) -> tuple[str, str]:
    """Return an amount, and its interval."""
    if amount.value is None:
        return "no amount", ends(None if amount.ci_low is None else bare_money(amount.ci_low, 0, "low"), None)
    return estimate(amount.value, amount.ci_low, amount.ci_high, money_of(currency), bare_money)


def percent_texts(share: SingleInterval) -> tuple[str, str]:
    """Return a share as a percentile, and its interval."""
    low, high = (None if each is None else 100 * each for each in (share.ci_low, share.ci_high))
    show = lambda value, finer, end: with_decimals(value, 1 + finer, end)  # noqa: E731
    return estimate(100 * share.value, low, high, show, show)


def document(result: JointConfidence, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer as JSON has it."""
    question, equal = result.question, result.equal
    return {
        **{name: manifest[name] for name in ("project", "currency", "seed", "method", "iterations")},
        "target": question.target,
        "level": float(question.level),
        "plan": chance_document(result.plan),
        "gates": [
            {"gate": each.gate, "name": each.name, "target": each.target, **chance_document(each.chance)}
            for each in result.gates
        ],
        "asked": None if result.pair is None else chance_document(result.pair),
        "cost_needed": None if result.at_finish is None else point_document(result.at_finish),
        "finish_needed": None if result.at_cost is None else latest_document(result.at_cost),
        "equal_percentiles": {
            "share": interval_document(equal.share),
            "finish": date_document(equal.finish),
            "cost": interval_document(equal.cost),
        },
        "both_at_level": {
            "finish": date_text(equal.finish_at_level),
            "finish_instant": equal.finish_at_level.isoformat(),
            "cost": equal.cost_at_level,
            "joint": interval_document(equal.joint_at_level),
        },
        "frontier": [point_document(point) for point in result.frontier],
    }


def chance_document(pair: JointChance) -> dict[str, Any]:
    """Return a date and an amount, and how often they are kept, as JSON has it."""
    names = ("joint", "on_time", "in_budget", "in_budget_if_on_time", "on_time_if_in_budget")
    shares = {name: interval_document(getattr(pair, name)) for name in names}
    return {
        "finish": date_text(pair.finish),
        "finish_instant": pair.finish.isoformat(),
        "cost": pair.cost,
        **shares,
    }


def point_document(point: FrontierPoint) -> dict[str, Any]:
    """Return a date and the money that it needs, as JSON has it."""
    return {
        "finish": date_text(point.finish),
        "finish_instant": point.finish.isoformat(),
        "on_time": interval_document(point.on_time),
        "cost": interval_document(point.cost),
    }


def latest_document(point: LatestFinish) -> dict[str, Any]:
    """Return an amount and the date that it allows, as JSON has it."""
    in_budget = interval_document(point.in_budget)
    return {"cost": point.cost, "in_budget": in_budget, "finish": date_document(point.finish)}


def interval_document(value: SingleInterval) -> dict[str, Any]:
    """Return a number with its interval as JSON has it."""
    return {"value": value.value, "ci_low": value.ci_low, "ci_high": value.ci_high}


def date_document(value: SingleInterval) -> dict[str, Any]:
    """Return a date with its interval as JSON has it: the days that people say, and the instant."""
    return {
        "date": date_text(value.value),
        "ci_low": date_text(value.ci_low),
        "ci_high": date_text(value.ci_high),
        "instant": None if value.value is None else value.value.isoformat(),
    }


def date_text(value: datetime | None) -> str | None:
    """Return the day that people say."""
    return None if value is None else last_day(value).isoformat()
