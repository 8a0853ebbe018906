"""What a confidence takes beyond the plan: sentences, tables for the terminal, and one JSON object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Final

from riskengine.analysis.contingency import AdditiveError, MeasureContingency
from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.errors.counting import counted
from riskengine.report.answers.comparison import bare_signed_money
from riskengine.report.answers.joint_confidence import (
    INTERVAL,
    date_document,
    in_brackets,
    interval_document,
    level_text,
    open_end_words,
)
from riskengine.report.reading import PROJECT
from riskengine.report.text.intervals import bare_money, bare_signed_days, money_of
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.notation import MONTHS, clean, day, estimate, money

MOST_PARTS: Final = 12
"""Tasks or risks of a table in the terminal; the others are one row."""
KINDS: Final = {"rest": "no task: cost lines, risks, overhead", "together": "estimates, and what risks do together"}
"""What of a table has no name of its own, and what it is called."""
LAST: Final = ("others", *KINDS)
"""What stands at the end of a table, in this order."""


@dataclass(frozen=True)
class Part:
    """What of a contingency belongs to somebody.

    Parameters
    ----------
    kind : str
        ``element`` of the WBS, ``task``, or ``rest``: what belongs to no task; ``risk``, or ``together``: what is not
        of one risk alone; ``others``: tasks or risks that a table has no row for.
    key, name : str
        Its code or id, and name.
    share : SingleInterval [currency or working days]
    """

    kind: str
    key: str
    name: str
    share: SingleInterval


@dataclass(frozen=True)
class Month:
    """What of a contingency of the cost is for tasks that the plan finishes after a month.

    Parameters
    ----------
    start : datetime
        First instant of the month.
    remaining : SingleInterval [currency]
        After its end.
    """

    start: datetime
    remaining: SingleInterval


@dataclass(frozen=True)
class Answer:
    """What a run says of its contingency.

    Parameters
    ----------
    confidence : Fraction
    target : str
        Whose finish.
    finish : MeasureContingency
    cost : MeasureContingency or None
        None, and nothing below, where nothing costs anything.
    iterations : int
        Behind what follows: the first ones of the run.
    parts : tuple of Part
        Elements of the WBS, tasks, and what belongs to no task: the elements and the last add up to the contingency of
        the cost, and so do the tasks and the last.
    months : tuple of Month
    additive : AdditiveError or None
    finish_risks, cost_risks : tuple of Part
        Risks, and last what is not of one risk alone: they add up to the contingency. Empty without risks, and of the
        finish of a target.
    """

    confidence: Fraction
    target: str
    finish: MeasureContingency
    cost: MeasureContingency | None = None
    iterations: int = 0
    parts: tuple[Part, ...] = ()
    months: tuple[Month, ...] = ()
    additive: AdditiveError | None = None
    finish_risks: tuple[Part, ...] = ()
    cost_risks: tuple[Part, ...] = ()

    def of_kind(self, *kinds: str) -> list[Part]:
        """Return the parts of some kinds."""
        return [part for part in self.parts if part.kind in kinds]


def sentences(answer: Answer, manifest: Mapping[str, Any]) -> list[str]:
    """Return the answer in sentences."""
    currency, level = manifest["currency"], level_text(answer.confidence)
    lines = [measure_words(answer.finish, answer, currency)]
    if answer.cost is None or answer.additive is None:
        lines.append("Nothing costs anything: there is no contingency in money.")
    else:
        lines.append(measure_words(answer.cost, answer, currency))
        added, interval = money_texts(answer.additive.added, currency, is_signed=False)
        excess, doubt = money_texts(answer.additive.excess, currency)
        lines.append(
            f"Setting {level} aside for every part of the cost by itself would come to {added}{in_brackets(interval)}, "
            f"{excess}{in_brackets(doubt)} against what their sum needs."
        )
    measures = [each for each in (answer.finish, answer.cost) if each is not None]
    return lines + open_end_words([each.from_plan for each in measures], answer.confidence, manifest)


def measure_words(each: MeasureContingency, answer: Answer, currency: str) -> str:
    """Return what a confidence takes of the finish or of the cost."""
    level = level_text(answer.confidence)
    texts = days_texts if each.measure == "finish" else lambda value: money_texts(value, currency)
    unit = " working days" if each.measure == "finish" else ""
    value, interval = texts(each.from_plan)
    of_mean, doubt = texts(each.from_mean)
    beyond = f"{value}{unit}{in_brackets(interval)} beyond the plan, {of_mean}{in_brackets(doubt)} beyond the mean"
    if each.measure == "cost":
        return f"{level} for the cost takes {beyond}: {money(each.percentile.value, currency)}."
    who = "the finish" if answer.target == PROJECT else f"the finish of {clean(answer.target)}"
    return f"{level} for {who} takes {beyond}: {day(each.instant.value)}."


def render(answer: Answer, manifest: Mapping[str, Any], width: int) -> str:
    """Return sentences and tables for people."""
    currency = manifest["currency"]
    lines: list[str] = []
    for sentence in sentences(answer, manifest):
        lines += paragraph(sentence, width)
    for rows, whole in ((answer.finish_risks, answer.finish), (answer.cost_risks, answer.cost)):
        if rows and whole is not None:
            lines += ["", *part_table(rows, whole, "risk", currency, width)]
    if answer.cost is not None:
        elements, rest = answer.of_kind("element"), answer.of_kind("rest")
        if len(elements) > 1:
            lines += ["", *part_table([*elements, *rest], answer.cost, "WBS", currency, width)]
        lines += ["", *part_table([*answer.of_kind("task", "others"), *rest], answer.cost, "task", currency, width)]
        lines += ["", *month_lines(answer, currency, width)]
    return "\n".join([*lines, "", *paragraph(footnote(answer, manifest), width)])


def footnote(answer: Answer, manifest: Mapping[str, Any]) -> str:
    """Return how it was computed, and what a part is."""
    draws = f"{counted(manifest['iterations'], 'iteration')} ({manifest['method']}, seed {manifest['seed']})"
    if answer.cost is None and not answer.finish_risks:
        return f"{draws}."
    parts = (*answer.parts, *answer.finish_risks, *answer.cost_risks)
    is_open = any(part.share.ci_low is None for part in parts)
    return (
        f"{draws}; tasks by the first {answer.iterations:,}. A part is what it comes to on average where the project "
        f"is at P{level_text(answer.confidence)[:-1]}, less the plan; parts add up. That of a risk is what the same "
        "iterations have less without it. Money for a task is free once the plan has the task finished."
    ) + (" Where no interval stands, so many iterations show too little." if is_open else "")


def part_table(parts: Sequence[Part], whole: MeasureContingency, title: str, currency: str, width: int) -> list[str]:
    """Return the table of whose a contingency is: the largest parts by name, the others as one row."""
    named = [part for part in parts if part.kind not in LAST]
    rows = named if title == "WBS" else ranked(named)[:MOST_PARTS]
    rows += sorted((part for part in parts if part.kind in LAST), key=lambda part: LAST.index(part.kind))
    texts = days_texts if whole.measure == "finish" else lambda value: money_texts(value, currency)
    unit = ", working days" if whole.measure == "finish" else ""
    cells = [[f"{whole.measure}{unit}, by {title}", "part", INTERVAL]]
    cells += [[part_name(part), *texts(part.share)] for part in rows]
    cells.append(["together", *texts(whole.from_plan)])
    return table(cells, width, (1,), heading=True)


def ranked(parts: Sequence[Part]) -> list[Part]:
    """Return parts in the order of a table, the largest first."""
    return sorted(parts, key=lambda part: (-abs(part.share.value), part.key))


def table_rows(answer: Answer) -> list[dict[str, Any]]:
    """Return an answer as the rows of the table that a results folder keeps."""
    rows: list[dict[str, Any]] = []

    def add(measure: str, kind: str, value: SingleInterval, **others: Any) -> None:
        rows.append({"measure": measure, "kind": kind, "key": "", "name": "", **value.columns("value"), **others})

    for measure, parts in (("finish", answer.finish_risks), ("cost", answer.cost_risks), ("cost", answer.parts)):
        for part in parts:
            if part.kind != "others":  # the sum of rows that are here
                add(measure, part.kind, part.share, key=part.key, name=part.name)
    for month in answer.months:
        add("cost", "remaining", month.remaining, month=month.start)
    if answer.additive is not None:
        add("cost", "added", answer.additive.added)
        add("cost", "excess", answer.additive.excess)
    same = {"confidence": float(answer.confidence), "iterations": answer.iterations}
    return [{"number": number, **same, **row} for number, row in enumerate(rows)]


def part_name(part: Part) -> str:
    """Return what a part is called."""
    if part.kind == "element" and part.key:
        return f"{clean(part.key)} {clean(part.name)}".rstrip()
    return KINDS.get(part.kind) or clean(part.name or part.key) or "no element"


def month_lines(answer: Answer, currency: str, width: int) -> list[str]:
    """Return the table of what of the contingency is still needed after each month."""
    cells = [["contingency of the cost after", "still needed", INTERVAL]]
    for month in answer.months:
        name = f"{MONTHS[month.start.month - 1]} {month.start.year}"
        cells.append([name, *money_texts(month.remaining, currency)])
    return table(cells, width, (1,), heading=True)


def money_texts(amount: SingleInterval, currency: str, is_signed: bool = True) -> tuple[str, str]:
    """Return an amount, and its interval."""
    bare = bare_signed_money if is_signed else bare_money
    return estimate(amount.value, amount.ci_low, amount.ci_high, money_of(currency, is_signed), bare)


def days_texts(value: SingleInterval) -> tuple[str, str]:
    """Return working days, and their interval."""
    return estimate(value.value, value.ci_low, value.ci_high, bare_signed_days, bare_signed_days)


def document(answer: Answer, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer as JSON has it."""
    additive = answer.additive
    return {
        **{name: manifest[name] for name in ("project", "currency", "seed", "method", "iterations")},
        "target": answer.target,
        "confidence": float(answer.confidence),
        "finish": {**measure_document(answer.finish), "date": date_document(answer.finish.instant)},
        "cost": None if answer.cost is None else measure_document(answer.cost),
        "part_iterations": answer.iterations,
        "elements": [part_document(part) for part in answer.of_kind("element")],
        "tasks": [part_document(part) for part in answer.of_kind("task")],
        "no_task": next((interval_document(part.share) for part in answer.of_kind("rest")), None),
        "finish_risks": risks_document(answer.finish_risks),
        "cost_risks": risks_document(answer.cost_risks),
        "drawdown": [
            {"month": f"{each.start:%Y-%m}", "remaining": interval_document(each.remaining)} for each in answer.months
        ],
        "additive": None
        if additive is None
        else {"added": interval_document(additive.added), "excess": interval_document(additive.excess)},
    }


def measure_document(each: MeasureContingency) -> dict[str, Any]:
    """Return what a confidence takes of the finish or of the cost, as JSON has it."""
    names = ("mean", "percentile", "from_plan", "from_mean")
    return {"plan": each.plan, **{name: interval_document(getattr(each, name)) for name in names}}


def part_document(part: Part) -> dict[str, Any]:
    """Return what belongs to somebody, as JSON has it."""
    return {part.kind: part.key, "name": part.name, **interval_document(part.share)}


def risks_document(parts: Sequence[Part]) -> dict[str, Any] | None:
    """Return what belongs to risks, as JSON has it; None where none was left out of a run."""
    if not parts:
        return None
    risks = [part_document(part) for part in parts if part.kind == "risk"]
    return {"risks": risks, "together": interval_document(parts[-1].share)}
