"""The summary of a run for the terminal: plain words first, then the numbers, each with its interval and source."""

from datetime import datetime

from riskengine.analysis.commitments import gate_rows
from riskengine.analysis.statistics.histogram import histogram, place_of_instant
from riskengine.errors.counting import counted
from riskengine.report.reading import (
    PROJECT,
    SHOWN_PERCENTS,
    Row,
    hard_constraints,
    has_contributions,
    has_cost,
    has_task_cost,
    leading_risks,
    leading_tasks,
    percentiles,
    rows,
    shown_percentiles,
    summary,
)
from riskengine.report.summary import (
    actions,
    behaviour,
    chains,
    changes,
    clauses,
    correlations,
    existence,
    levelling,
    lost_days,
    margins,
    projects,
    words,
)
from riskengine.report.summary.rare_risks import rare_risk_sentences
from riskengine.report.summary.rare_values import rare_value_sentences
from riskengine.report.text import chart
from riskengine.report.text.intervals import (
    bare_days,
    bare_money,
    calendar_days,
    chances,
    effect,
    money_of,
    plain_days,
    signed_days,
    value_of,
)
from riskengine.report.text.layout import fits, paragraph, table
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import (
    Show,
    chance,
    clean,
    day,
    days,
    estimate,
    money,
    span,
)
from riskengine.results.run import RunRecord

NARROWEST = 30
WIDEST = 110
"""Columns beyond which lines are no longer easy to read."""
MOST = 5
"""Tasks, and risks, that are shown."""
TOO_RARE = "Too rare for this run"
NOT_MEASURED = (
    "What each risk adds was not measured, as --no-contributions asks: no risk is ranked, and the columns of "
    "contributions in risks.arrow are null."
)

WITHOUT_HARD = "Hard constraints are ignored: mandatory dates, and what bounds dates from above."


def render(run: RunRecord, width: int = 80, has_blocks: bool = True) -> str:
    """Render a run for people.

    Parameters
    ----------
    run : RunRecord
    width : int [columns]
        Of the terminal.
    has_blocks : bool
        Whether the terminal can show :data:`chart.BLOCKS`; plain ASCII otherwise.

    Returns
    -------
    str
        Lines without any control character but the line break: names from the scenario are cleaned.
    """
    width = min(max(width, NARROWEST), WIDEST)
    strokes = chart.BLOCKS if has_blocks else chart.PLAIN
    sections = [
        _head(run, width),
        _words(run, width),
        changes.section(run, width),
        _finish(run, width),
        _chart(run, width, strokes),
        _targets(run, width),
        levelling.section(run, width),
        lost_days.section(run, width),
        _cost(run, width),
        projects.section(run, width),
        clauses.section(run, width),
        _gates(run, width),
        _tasks(run, width),
        _risks(run, width),
        actions.section(run, width),
        existence.section(run, width),
        behaviour.section(run, width),
        chains.section(run, width),
        margins.section(run, width),
        correlations.section(run, width),
        _constraints(run, width),
    ]
    return "\n\n".join("\n".join(section) for section in sections if section)


def _constraints(run: RunRecord, width: int) -> list[str]:
    return paragraph(WITHOUT_HARD, width) if hard_constraints(run) == "ignored" else []


def _head(run: RunRecord, width: int) -> list[str]:
    manifest = run.manifest
    facts = (
        f"{counted(manifest['iterations'], 'iteration')}, method {manifest['method']}, seed {manifest['seed']}; "
        f"run {manifest['run'][:12]}, scenario {manifest['digest'][:12]}"
    )
    return [*paragraph(clean(manifest["name"]), width), *paragraph(facts, width)]


def _words(run: RunRecord, width: int) -> list[str]:
    sentences = words.sentences(run) or ["The scenario has no gates, so there is nothing to decide."]
    return [line for text in sentences for line in paragraph(text, width)]


def _finish(run: RunRecord, width: int) -> list[str]:
    plan = summary(run, PROJECT, "finish")
    lines = [["", "no later than", "95% interval", "working days", "95% interval"]]
    for row in shown_percentiles(run, PROJECT, "finish"):
        dates = span(row["instant_ci_low"], row["instant_ci_high"])
        value = estimate(row["value"], row["ci_low"], row["ci_high"], plain_days, bare_days)
        lines.append([f"P{row['percentile']:g}", day(row["instant"]), dates, *value])
    mean = estimate(plan["mean"], plan["mean_ci_low"], plan["mean_ci_high"], plain_days, bare_days)
    lines.append(["mean", "", "", *mean])
    lines.append(["plan", day(plan["deterministic_instant"]), "", days(plan["deterministic"]), ""])
    if not fits(lines, width):
        folded = [line for row in lines[1:] for line in _folded(row)]
        return ["Finish", *table(folded, width), *_plan_words(plan, signed_days, width)]
    return ["Finish", *table(lines, width, (3,)), *_plan_words(plan, signed_days, width)]


def _folded(row: list[str]) -> list[list[str]]:
    """A row of the finish table for narrow terminals: its values on one line, their intervals below."""
    label, date, dates, value, spread = row
    below = [text for text in (dates, f"{spread} d" if spread else "") if text]
    return [[label, ", ".join(text for text in (date, value) if text)], *(["", text] for text in below)]


def _targets(run: RunRecord, width: int) -> list[str]:
    targets = run.manifest["targets"]
    if not targets:
        return []
    lines = [["target", "plan", "P50", "P80", "95% interval of P80"]]
    for target in targets:
        plan = summary(run, target, "finish")
        finish = {row["percentile"]: row for row in percentiles(run, target, "finish")}
        high = finish[80]
        dates = span(high["instant_ci_low"], high["instant_ci_high"])
        cells = [day(plan["deterministic_instant"]), day(finish[50]["instant"]), day(high["instant"]), dates]
        lines.append([short(target), *cells])
    note = "Finish of each. Source: percentiles.arrow, summary.arrow."
    return ["Targets", *table(lines, width, heading=True), *paragraph(note, width, "  ")]


def _cost(run: RunRecord, width: int) -> list[str]:
    if not has_cost(run):
        return []
    plan, currency = summary(run, PROJECT, "cost"), run.manifest["currency"]
    show = money_of(currency)
    lines = [["", "no more than", "95% interval"]]
    for row in shown_percentiles(run, PROJECT, "cost"):
        value = estimate(row["value"], row["ci_low"], row["ci_high"], show, bare_money)
        lines.append([f"P{row['percentile']:g}", *value])
    mean = estimate(plan["mean"], plan["mean_ci_low"], plan["mean_ci_high"], show, bare_money)
    lines.append(["mean", *mean])
    lines.append(["plan", money(plan["deterministic"], currency), ""])
    return [
        "Cost",
        *table(lines, width, (1,), heading=True),
        *_plan_words(plan, money_of(currency, is_signed=True), width),
    ]


def _plan_words(plan: Row, show: Show, width: int) -> list[str]:
    chance_of_plan = f"chance of doing no worse than the plan {chance(plan['chance'])}"
    chance_of_plan += f" ({chances(plan['chance_ci_low'], plan['chance_ci_high'])})"
    ends = (plan["contingency_p80_ci_low"], plan["contingency_p80_ci_high"])
    extra, spread = estimate(plan["contingency_p80"], *ends, show, show)
    extra = f"contingency from plan to P80 {extra}"
    text = f"{chance_of_plan}; {extra}{f' ({spread})' if spread else ''}. Plan: most-likely values, no risk occurring. "
    return paragraph(f"{text}Source: percentiles.arrow, summary.arrow.", width, "  ")


def _chart(run: RunRecord, width: int, strokes: chart.Strokes) -> list[str]:
    percentile_rows = percentiles(run, PROJECT, "finish")
    first, last = percentile_rows[0], percentile_rows[-1]
    low, high, bins = first["value"], last["value"], chart.room(width)
    if not bins or low == high:
        return []
    frequencies = histogram(run.tables["iterations"]["finish_days"], low, high, bins)
    marks = [
        ((row["value"] - low) / (high - low), f"P{row['percentile']:g}")
        for row in percentile_rows
        if row["percentile"] in SHOWN_PERCENTS
    ]
    pointers = [((place - low) / (high - low), text) for place, text in _pointers(run)]
    ends = day(first["instant"]), day(last["instant"])
    title = (
        f"Finish from P{first['percentile']:g} to P{last['percentile']:g} in working days: bars how often, "
        f"{strokes.curve} the share that has finished, {strokes.pointers[0]} plan and gates with the share that has "
        "finished by then (iterations.arrow)"
    )
    share, cumulative = frequencies.share.tolist(), frequencies.cumulative.tolist()
    return [*paragraph(title, width), *chart.draw(share, cumulative, marks, ends, strokes, pointers=pointers)]


def _pointers(run: RunRecord) -> list[tuple[float, str]]:
    """Plan and dates of gates on the axis of the finish, in working days; of gates with one date the first is named.

    A gate on another target than the project is there where that target always finishes together with it.
    """
    iterations, plan = run.tables["iterations"], summary(run, PROJECT, "finish")
    pointers = [(plan["deterministic"], f"plan {chance(plan['chance'])}")]
    dates: dict[datetime, list[str]] = {}
    for gate in rows(run, "gates"):
        target = gate["target"]
        is_project = target == PROJECT or iterations[f"finish:{target}"].equals(iterations["finish"])
        if gate["finish"] is not None and is_project:
            dates.setdefault(gate["finish"], []).append(short(gate["gate"]))
    for instant, names in dates.items():
        place, share = place_of_instant(iterations["finish"], iterations["finish_days"], instant)
        others = f" with {counted(len(names) - 1, 'other gate')}," if len(names) > 1 else ""
        pointers.append((place, f"{names[0]}{others} {day(instant)} {chance(share)}"))
    return pointers


def _gates(run: RunRecord, width: int) -> list[str]:
    """What is left to each gate: the words above have said its question, its chance and its answer."""
    gates = gate_rows("", run)
    if not gates:
        return []
    show = money_of(run.manifest["currency"], is_signed=True)
    lines, ids_with_names = [["gate", "slack of P50", "slack of P80", "95% interval"]], []
    for gate in gates:
        for name, has_limit, show_slack in (
            ("slack", gate["finish"] is not None, calendar_days),
            ("cost_slack", gate["cost"] is not None, show),
        ):
            if has_limit:
                half, _ = value_of(gate, f"{name}_p50", show_slack, show_slack)
                lines.append([short(gate["gate"]), half, *value_of(gate, f"{name}_p80", show_slack, show_slack)])
                ids_with_names.append((gate["gate"], gate["name"]))
    note = (
        "What lies between that percentile and the date or the cost that the gate asks for, in calendar days or money; "
        "negative where it is beyond. Source: percentiles.arrow, gates.arrow."
    )
    return ["Gates", *named_table(lines, ids_with_names, width, (1, 2)), *paragraph(note, width, "  ")]


def _tasks(run: RunRecord, width: int) -> list[str]:
    tasks = leading_tasks(run, MOST)
    if not tasks:
        return []
    currency, with_cost = run.manifest["currency"], has_cost(run) and has_task_cost(run)
    lines = [["task", "critical", "95% interval", "SSI", "over plan"] + (["mean cost"] if with_cost else [])]
    for row in tasks:
        over = None if row["duration_mean"] is None else row["duration_mean"] - row["deterministic_duration"]
        spread = chances(row["criticality_ci_low"], row["criticality_ci_high"])
        ssi = "-" if row["ssi"] is None else f"{row['ssi']:.2f}"
        cells = [short(row["task"]), chance(row["criticality"]), spread, ssi, days(over, signed=True)]
        lines.append(cells + ([money(row["cost_mean"], currency)] if with_cost else []))
    note = (
        "Critical: how often the task is on the longest path. SSI: the same share, multiplied by how widely the task's "
        "duration varies compared with the project's: near 0 the task hardly moves the finish, at 1 it alone does. "
        "Over plan: mean duration less that of the plan. Source: tasks.arrow."
    )
    title = "Task that matters most" if len(tasks) == 1 else f"The {_count(len(tasks))} tasks that matter most"
    ids_with_names = [(row["task"], row["name"]) for row in tasks]
    people = [" / ".join(who for who in (row["team"], row["owner"]) if who) for row in tasks]
    return [
        *paragraph(f"{title} to the project's finish", width),
        *named_table(lines, ids_with_names, width, (1, 3, 4, 5), people=("team", people)),
        *paragraph(note, width, "  "),
    ]


def _risks(run: RunRecord, width: int) -> list[str]:
    rare_sentences = rare_risk_sentences(run) + rare_value_sentences(run)
    rare = [line for sentence in rare_sentences for line in paragraph(sentence, width, "  ")]
    risks = leading_risks(run, MOST)
    if not has_contributions(run):
        return [*paragraph(NOT_MEASURED, width), *([TOO_RARE, *rare] if rare else [])]
    if not risks:
        return [TOO_RARE, *rare] if rare else []
    currency, with_cost = run.manifest["currency"], has_cost(run)
    lines = [["risk", "occurs", "finish", "95% interval"] + (["cost", "95% interval"] if with_cost else [])]
    for row in risks:
        at = "" if row["statistic"] == "p80" else " at the mean"
        cells = [
            short(row["risk"]),
            chance(row["probability"]),
            *effect(row, "days", "0 d", signed_days, bare_days, at=at),
        ]
        if with_cost:
            none = money(0.0, currency)
            cells += effect(row, "cost", none, money_of(currency, is_signed=True), bare_money, at=at)
        lines.append(cells)
    beyond = ", or to its mean where the P80 stays" if any(row["is_beyond"] for row in risks) else ""
    note = (
        f"What each adds to the P80 of the project{beyond}: the same futures with and without it. In order of the "
        f"larger effect in days{' or money, each' if with_cost else ','} measured by the P10 to P90 of the project. "
        "Source: risks.arrow."
    )
    title = "Risk that matters most" if len(risks) == 1 else f"The {_count(len(risks))} risks that matter most"
    ids_with_names = [(row["risk"], row["name"]) for row in risks]
    people = ("owner", [row["owner"] for row in risks])
    ranking = named_table(lines, ids_with_names, width, (1, 2, 4), people=people)
    return [title, *ranking, *paragraph(note, width, "  "), *rare]


def _count(number: int) -> str:
    return ("two", "three", "four", "five")[number - 2]
