"""A plan beside finished projects: sentences, tables for the terminal, and one JSON object."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from riskengine.analysis.outside_view import PlanScale
from riskengine.analysis.statistics.interval import SingleInterval
from riskengine.errors.counting import counted
from riskengine.report.answers.joint_confidence import (
    INTERVAL,
    date_document,
    in_brackets,
    interval_document,
    money_texts,
    share_words,
)
from riskengine.report.reading import PROJECT
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.notation import (
    chance,
    clean,
    day,
    estimate,
    fit,
    limit,
    moment,
    span,
    start_day,
    with_decimals,
)

PAST, SIMULATED, GATE, UPLIFT = "past", "simulated", "gate", "uplift"
LONGEST_NAME: Final = 14
UNKNOWN: Final = SingleInterval(None, None, None)


@dataclass(frozen=True)
class ViewedLimit:
    """A date or an amount as a multiple of the plan, and who keeps it.

    Parameters
    ----------
    kind : str
        ``past`` (a percentile of finished projects), ``simulated`` (one of the run), ``gate`` or ``uplift``.
    key, name : str
        ``p80``, the id of the gate, or the kind of the Green Book; and what that is called.
    ratio : SingleInterval [multiple of the plan]
        The interval is that of finished projects.
    limit : SingleInterval
        Dates, or amounts [currency].
    simulated_share, past_share : SingleInterval [share 0..1]
        Of the iterations, and of the finished projects; no value where there are no such projects.
    """

    kind: str
    key: str
    name: str
    ratio: SingleInterval
    limit: SingleInterval
    simulated_share: SingleInterval
    past_share: SingleInterval = UNKNOWN


@dataclass(frozen=True)
class MeasureView:
    """The finish or the cost of a plan beside finished projects.

    Parameters
    ----------
    scale : PlanScale
    file : str
        Table of finished projects; empty where there is none.
    projects : int
        How many it has.
    limits : tuple of ViewedLimit
    """

    scale: PlanScale
    file: str
    projects: int
    limits: tuple[ViewedLimit, ...]

    def limit(self, kind: str, key: str) -> ViewedLimit:
        """Return one of the limits."""
        return next(each for each in self.limits if (each.kind, each.key) == (kind, key))

    def of_kind(self, kind: str) -> list[ViewedLimit]:
        """Return the limits of a kind."""
        return [each for each in self.limits if each.kind == kind]


@dataclass(frozen=True)
class Answer:
    """What the outside view says of a run.

    Parameters
    ----------
    target : str
        Whose finish.
    is_under_way : bool
        Whether the finish counts from a data date.
    views : tuple of MeasureView
    remarks : tuple of str
        Sentences about what cannot be said, and why.
    """

    target: str
    is_under_way: bool
    views: tuple[MeasureView, ...]
    remarks: tuple[str, ...] = ()


def sentences(answer: Answer, manifest: Mapping[str, Any]) -> list[str]:
    """Return the answer in sentences."""
    currency = manifest["currency"]
    lines: list[str] = []
    for view in answer.views:
        if view.projects:
            lines += past_words(view, answer, currency)
            lines += [gate_words(gate, view, currency) for gate in view.of_kind(GATE)]
        lines += [uplift_words(each, view, currency) for each in view.of_kind(UPLIFT)]
    return [*lines, *answer.remarks]


def past_words(view: MeasureView, answer: Answer, currency: str) -> list[str]:
    """Return what finished projects came to, what that means for the plan, and what the simulation says beside it."""
    middle, most, simulated = view.limit(PAST, "p50"), view.limit(PAST, "p80"), view.limit(SIMULATED, "p80")
    projects = f"{counted(view.projects, 'finished project')} of {clean(view.file)}"
    what = "lasted" if view.scale.measure == "finish" else "cost"
    return [
        f"Half of {projects} {what} {ratio_words(middle.ratio)} what was planned or less, and 8 in 10 of them "
        f"{ratio_words(most.ratio)} or less.",
        f"{plan_words(view.scale, answer, currency)} that is {limit_words(middle.limit, currency)} for P50 and "
        f"{limit_words(most.limit, currency)} for P80; the simulation has {limit_words(simulated.limit, currency)} "
        "for P80.",
        f"That simulated P80 is {ratio_words(simulated.ratio)} the plan, and {share_words(simulated.past_share)} of "
        "the finished projects stayed within as much.",
    ]


def plan_words(scale: PlanScale, answer: Answer, currency: str) -> str:
    """Return what the multiples are applied to."""
    if scale.measure == "cost":
        return f"Applied to the plan's {money_texts(SingleInterval(scale.plan, None, None), currency)[0]},"
    who = "the plan" if answer.target == PROJECT else f"the plan of {clean(answer.target)}"
    begin = "the data date" if answer.is_under_way else "the start"
    return f"Applied to {who} from {begin}, {start_day(scale.origin, scale.plan)}, to {day(scale.plan)},"


def gate_words(gate: ViewedLimit, view: MeasureView, currency: str) -> str:
    """Return how many of either kind keep what a gate asks for."""
    is_finish = view.scale.measure == "finish"
    wanted = f"by {moment(gate.limit.value)}" if is_finish else f"within {limit(gate.limit.value, currency)}"
    return (
        f"{clean(gate.name or gate.key)} asks for a {view.scale.measure} {wanted}, {ratio_words(gate.ratio)} the plan: "
        f"{share_words(gate.simulated_share)} of the simulated futures keep that, and {share_words(gate.past_share)} "
        "of the finished projects stayed within as much."
    )


def uplift_words(each: ViewedLimit, view: MeasureView, currency: str) -> str:
    """Return where an uplift of the Green Book leads."""
    ratio = each.ratio.value - 1
    return (
        f"The Green Book adds {chance(ratio)} to the {'duration' if view.scale.measure == 'finish' else 'cost'} of "
        f"{each.name}, its upper bound: {limit_words(each.limit, currency)}, kept in "
        f"{share_words(each.simulated_share)} of the simulated futures."
    )


def limit_words(bound: SingleInterval, currency: str) -> str:
    """Return a date or an amount with its interval in brackets."""
    value, interval = limit_texts(bound, currency)
    return f"{value}{in_brackets(interval)}"


def limit_texts(bound: SingleInterval, currency: str) -> tuple[str, str]:
    """Return a date or an amount, and its interval; nothing for what is exact."""
    if isinstance(bound.value, datetime):
        return day(bound.value), "" if is_exact(bound) else span(bound.ci_low, bound.ci_high)
    value, interval = money_texts(bound, currency)
    return value, "" if is_exact(bound) else interval


def is_exact(value: SingleInterval) -> bool:
    """Whether a value has no doubt."""
    return bool(value.ci_low == value.value == value.ci_high)


def ratio_texts(ratio: SingleInterval) -> tuple[str, str]:
    """Return a multiple of the plan, and its interval."""
    show = lambda value, finer, end: with_decimals(value, 2 + finer, end)  # noqa: E731
    value, interval = estimate(ratio.value, ratio.ci_low, ratio.ci_high, show, show)
    return value, "" if is_exact(ratio) else interval


def ratio_words(ratio: SingleInterval) -> str:
    """Return a multiple of the plan with its interval in brackets: ``1.25 times (1.10 to 1.44)``."""
    value, interval = ratio_texts(ratio)
    return f"{value} times{in_brackets(interval)}"


def render(answer: Answer, manifest: Mapping[str, Any], width: int) -> str:
    """Return sentences and tables for people."""
    lines: list[str] = []
    for sentence in sentences(answer, manifest):
        lines += paragraph(sentence, width)
    for view in answer.views:
        lines += ["", *limit_lines(view, manifest["currency"], width)]
    footnote = (
        f"{counted(manifest['iterations'], 'iteration')} ({manifest['method']}, seed {manifest['seed']}). A multiple "
        "of the plan counts calendar time. Finished projects say nothing of this one where they were not like it."
    )
    return "\n".join([*lines, "", *paragraph(footnote, width)])


def limit_lines(view: MeasureView, currency: str, width: int) -> list[str]:
    """Return the table of dates, or of amounts, the least first."""
    is_finish = view.scale.measure == "finish"
    value_head = "by" if is_finish else f"within {clean(currency)}".rstrip()
    cells = [[view.scale.measure, "x plan", value_head, INTERVAL, "simulated", "past"]]
    for each in sorted(view.limits, key=lambda one: one.ratio.value):
        name = f"{each.kind} {each.key.upper()}" if each.kind in (PAST, SIMULATED) else each.name or each.key
        row = [fit(clean(name), LONGEST_NAME).rstrip(), ratio_texts(each.ratio)[0], *limit_texts(each.limit, "")]
        row.append(chance(each.simulated_share.value))
        row.append("" if each.past_share.value is None else chance(each.past_share.value))
        cells.append(row)
    return table(cells, width, (1, 4, 5) if is_finish else (1, 2, 4, 5), heading=True)


def document(answer: Answer, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answer as JSON has it."""
    views: dict[str, Any] = {view.scale.measure: measure_document(view) for view in answer.views}
    return {
        **{name: manifest[name] for name in ("project", "currency", "seed", "method", "iterations")},
        "target": answer.target,
        "finish": views.get("finish"),
        "cost": views.get("cost"),
    }


def measure_document(view: MeasureView) -> dict[str, Any]:
    """Return the finish or the cost as JSON has it."""
    return {
        "from": json_value(view.scale.origin),
        "plan": json_value(view.scale.plan),
        "finished_projects": view.projects,
        "limits": [
            {
                **{name: getattr(each, name) for name in ("kind", "key", "name")},
                "ratio": interval_document(each.ratio),
                "limit": (date_document if view.scale.measure == "finish" else interval_document)(each.limit),
                "simulated_share": interval_document(each.simulated_share),
                "past_share": interval_document(each.past_share),
            }
            for each in view.limits
        ],
    }


def json_value(value: datetime | float) -> str | float:
    """Return an instant or an amount as JSON has it."""
    return value.isoformat() if isinstance(value, datetime) else value


def table_rows(answer: Answer) -> Sequence[dict[str, Any]]:
    """Return the rows of the table ``outside_view``."""
    places = [(view, each) for view in answer.views for each in view.limits]
    return [
        {
            "number": number,
            "measure": view.scale.measure,
            **{name: getattr(each, name) for name in ("kind", "key", "name")},
            **each.ratio.columns("ratio"),
            **(each.limit if view.scale.measure == "finish" else UNKNOWN).columns("instant"),
            **(each.limit if view.scale.measure == "cost" else UNKNOWN).columns("amount"),
            **each.simulated_share.columns("simulated_share"),
            **each.past_share.columns("past_share"),
            "past_projects": view.projects,
        }
        for number, (view, each) in enumerate(places)
    ]
