"""When the project finishes and what it costs: plan, middle, and what holds in most futures."""

from collections.abc import Sequence

from riskengine.pages.explained.sentence import Number, Sentence
from riskengine.pages.explained.writer import Writer
from riskengine.report import reading

MOST_TARGETS = 10
PERCENTS = (50, 80)
ALL_PERCENTS = (10, 50, 80, 90)
"""Percentiles in the form with intervals."""
BEYOND_PLAN = 80
"""The percentile whose distance from the plan is told, directly behind it: "that last date" is this one."""


def finish(writer: Writer) -> Sequence[Sentence]:
    """The finish of the project."""
    return _measure(writer, reading.PROJECT, "finish")


def cost(writer: Writer) -> Sequence[Sentence]:
    """The cost of the project, or that it costs nothing."""
    if not writer.page.has_cost:
        return [no_cost(writer)]
    return _measure(writer, reading.PROJECT, "cost")


def no_cost(writer: Writer) -> Sentence:
    """Return that nothing costs anything: in the plan, or in the futures of a run that may have missed what is rare."""
    row = reading.summary(writer.page.run, reading.PROJECT, "cost")
    is_known = row["mean_ci_low"] == row["mean_ci_high"] == 0
    return writer.sentence("no_cost" if is_known else "no_cost_seen")


def targets(writer: Writer) -> Sequence[Sentence]:
    """When each target of the plan is reached in most futures; of many the first by that date."""
    names = writer.page.run.manifest["targets"]
    finishes = reading.rows(writer.page.run, "percentiles", measure="finish")
    dates = {row["target"]: row for row in finishes if row["percentile"] == 80}  # read once: there may be thousands
    ordered = sorted(names, key=lambda name: (dates[name]["instant"], name))
    sentences = [_target(writer, name, dates[name]) for name in ordered[:MOST_TARGETS]]
    if len(names) > MOST_TARGETS:
        sentences.append(writer.sentence("more_targets"))
    return sentences


def most_futures(writer: Writer) -> reading.Row:
    """Return the percentile that is said to hold in most futures: the P80 of the finish."""
    return _percentile(writer, reading.PROJECT, "finish", 80)


def is_certain(writer: Writer, target: str, measure: str) -> bool:
    """Whether all futures agree, and no other could have been simulated.

    Notes
    -----
    An interval that has ends, and no width, says so: it knows of risks and values too rare for the run. One future by
    itself has an open one.
    """
    row = reading.summary(writer.page.run, target, measure)
    low, high = row["mean_ci_low"], row["mean_ci_high"]
    return bool(row["minimum"] == row["maximum"] and low is not None and low == high)


def _target(writer: Writer, name: str, row: reading.Row) -> Sentence:
    target, date = writer.name(name), writer.date("percentiles", row, "instant")
    if is_certain(writer, name, "finish"):
        return writer.sentence("target_certain", target=target, date=date)
    return writer.sentence("target_by", target=target, often=writer.percentile("percentiles", row), date=date)


def _measure(writer: Writer, target: str, measure: str) -> Sequence[Sentence]:
    """The plan and its chance, the percentiles, and how far the last of them is from the plan."""
    plan = reading.summary(writer.page.run, target, measure)
    planned = _value(writer, "summary", plan, measure)
    if is_certain(writer, target, measure):
        middle = _value(writer, "percentiles", _percentile(writer, target, measure, 50), measure)
        return [writer.sentence(f"certain_{measure}", value=middle)]
    sentences = [
        writer.sentence(f"plan_{measure}", value=planned),
        writer.sentence(f"plan_kept_{measure}", often=writer.share("summary", plan, "chance")),
    ]
    for percent in ALL_PERCENTS if writer.has_intervals else PERCENTS:
        row = _percentile(writer, target, measure, percent)
        often, value = writer.percentile("percentiles", row), _value(writer, "percentiles", row, measure)
        sentences.append(writer.sentence(f"percentile_{measure}", often=often, value=value))
        if percent == BEYOND_PLAN:
            sentences += _beyond_plan(writer, plan, measure)
    return [*sentences, *_mean(writer, plan, measure)]


def _beyond_plan(writer: Writer, plan: reading.Row, measure: str) -> Sequence[Sentence]:
    """How far what holds in eight of ten futures is from the plan."""
    gap, key = plan["contingency_p80"], f"beyond_plan_{measure}"
    if gap is None:
        return []
    if gap == 0:
        return [writer.sentence(f"{key}_none")]
    show = writer.days if measure == "finish" else writer.money
    return [writer.sentence(f"{key}_{'more' if gap > 0 else 'less'}", gap=show("summary", plan, "contingency_p80"))]


def _mean(writer: Writer, plan: reading.Row, measure: str) -> Sequence[Sentence]:
    """Mean and spread, for those who want them with their intervals."""
    if not writer.has_intervals or plan["sd"] is None:
        return []
    mean = (writer.days if measure == "finish" else writer.amount)("summary", plan, "mean")
    sd = (writer.days if measure == "finish" else writer.money)("summary", plan, "sd")
    return [writer.sentence(f"mean_{measure}", mean=mean, sd=sd)]


def _value(writer: Writer, table: str, row: reading.Row, measure: str) -> Number:
    is_plan = table == "summary"
    if measure == "finish":
        return writer.date(table, row, "deterministic_instant" if is_plan else "instant")
    return writer.amount(table, row, "deterministic" if is_plan else "value")


def _percentile(writer: Writer, target: str, measure: str, percent: int) -> reading.Row:
    rows = reading.percentiles(writer.page.run, target, measure)
    return next(row for row in rows if row["percentile"] == percent)
