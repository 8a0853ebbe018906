"""What one plan changes against another: sentences, tables for the terminal, and one JSON object."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any, Final

from riskengine.analysis.bridge import BridgePart
from riskengine.analysis.comparison import Comparison, GateMovement, MeasureMovement, Movement
from riskengine.analysis.decision import GateAnswer
from riskengine.errors.counting import counted
from riskengine.report.summary.words import ANSWERS
from riskengine.report.text.intervals import bare_signed_days, money_of
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.notation import Show, chance, clean, day, days, ends, estimate, is_nothing, money

Names = tuple[str, str]
"""What the two plans are called."""

INTERVAL: Final = "95% interval"
SIDES: Final = ("before", "after", "difference", INTERVAL)
LABELS: Final = {"plan": "plan", "p50": "P50", "p80": "P80", "p90": "P90", "mean": "mean"}


def sentences(names: Names, result: Comparison, manifest: Mapping[str, Any]) -> list[str]:
    """Return the differences in sentences: P80 of finish and cost first, then gate by gate."""
    before, after = map(clean, names)
    if result.is_alike:
        lines = [f"{after} and {before} are computed alike: no date and no cost differs."]
    else:
        lines = [f"{after} {movements_words(of_project(result), manifest['currency'])}."]
    lines += [gate_words(gate, after) for gate in result.gates]
    for gates, name in ((result.gates_before, before), (result.gates_after, after)):
        if gates:
            verb = "is" if len(gates) == 1 else "are"
            lines.append(f"{counted_gates(gates)} {verb} in {name} alone.")
    return lines


def counted_gates(gates: Sequence[str]) -> str:
    """Return gates by name: ``Gate a``, ``Gates a, b``."""
    return f"{'Gate' if len(gates) == 1 else 'Gates'} {', '.join(map(clean, gates))}"


def of_project(result: Comparison) -> list[MeasureMovement]:
    """Return the finish of the project, and its cost where anything costs something."""
    measures = [each for each in result.measures if each.target == "project"]
    return [each for each in measures if each.measure == "finish" or costs_anything(each)]


def of_targets(result: Comparison) -> list[MeasureMovement]:
    """Return the finish of each other target."""
    return [each for each in result.measures if each.target != "project"]


def costs_anything(measure: MeasureMovement) -> bool:
    """Return whether any statistic of the cost of either plan is more than nothing."""
    return any(each.before or each.after for each in measure.movements)


def movements_words(measures: Sequence[MeasureMovement], currency: str) -> str:
    """Return what happens to P80: ``moves P80 of the finish by +9.1 working days [8.4, 9.9] and ...``."""
    moving, still = [], []
    for measure in measures:
        movement = measure.of("p80")
        if is_nothing(movement.difference, movement.ci_low, movement.ci_high):
            still.append(f"P80 of the {measure.measure}")
        else:
            value, interval = difference_texts(measure, movement, currency)
            doubt = ", which may be none" if may_be_none(movement) else ""
            moving.append(f"P80 of the {measure.measure} by {value}{' ' + interval if interval else ''}{doubt}")
    parts = [f"{verb} {' and '.join(whats)}" for verb, whats in (("moves", moving), ("leaves", still)) if whats]
    return ", and ".join(parts) + (" as it was" if still else "")


def may_be_none(movement: Movement) -> bool:
    """Return whether nothing lies in the interval of a difference."""
    low, high = movement.ci_low, movement.ci_high
    return (low is None or low <= 0) and (high is None or high >= 0)


def difference_texts(measure: MeasureMovement, movement: Movement | BridgePart, currency: str) -> tuple[str, str]:
    """Return a difference with its unit, and its interval in brackets, empty where it has no end."""
    if measure.measure == "cost":
        show, bare, unit = money_of(currency, is_signed=True), bare_signed_money, ""
    else:
        show, bare, unit = bare_signed_days, bare_signed_days, f" {measure.unit}"
    value, interval = estimate(movement.difference, movement.ci_low, movement.ci_high, show, bare, joined=bracketed)
    return value + unit, interval


def bracketed(low: str | None, high: str | None) -> str:
    """Return an interval in brackets, in words where an end is open."""
    return f"[{low}, {high}]" if low is not None and high is not None else ends(low, high)


def bare_signed_money(value: float, finer: int, end: Any) -> str:
    """Money that is added or saved, without its currency."""
    return money(value, "", True, finer, end)


def gate_words(gate: GateMovement, after: str) -> str:
    """Return what happens to the probability of a gate."""
    other = "" if gate.is_same_question else f", which asks for something else in {after},"
    name = f"Gate {clean(gate.before.gate.name or gate.before.gate.id)}{other}"
    chances = [chance(each.probability, each.gate.confidence) for each in (gate.before, gate.after)]
    answers = [ANSWERS[each.answer] for each in (gate.before, gate.after)]
    if is_nothing(gate.difference, gate.ci_low, gate.ci_high):
        return f"{name} stays at {chances[0]}, {answers[0]}."
    value, interval = points(gate)
    return f"{name} goes from {chances[0]} ({answers[0]}) to {chances[1]} ({answers[1]}): {value} points {interval}."


def points(gate: GateMovement) -> tuple[str, str]:
    """Return the difference of the probability of a gate in points of a hundred, and its interval in brackets."""
    return points_of(gate.difference, gate.ci_low, gate.ci_high)


def points_of(difference: float, low: float | None, high: float | None) -> tuple[str, str]:
    """Return a difference of probabilities in points of a hundred, and its interval in brackets."""
    show: Show = lambda value, finer, end: bare_signed_days(100 * value, finer, end)  # noqa: E731
    return estimate(difference, low, high, show, show, joined=bracketed)


def render(names: Names, result: Comparison, manifest: Mapping[str, Any], width: int) -> str:
    """Return sentences and tables for people."""
    lines: list[str] = []
    for sentence in sentences(names, result, manifest):
        lines += paragraph(sentence, width)
    if not result.is_alike:
        lines += ["", *paragraph(f"Before: {clean(names[0])}. After: {clean(names[1])}.", width)]
        for measure in of_project(result):
            lines += ["", *measure_lines(measure, manifest["currency"], width)]
        if of_targets(result):
            lines += ["", *target_lines(of_targets(result), manifest["currency"], width)]
    if result.gates and not result.is_alike:
        lines += ["", *gate_lines(result.gates, width)]
    return "\n".join([*lines, "", *paragraph(footnote(result, manifest), width)])


def footnote(result: Comparison, manifest: Mapping[str, Any]) -> str:
    """Return how it was computed, and what a day is."""
    unit = result.measures[0].unit
    reason = "" if unit == "working days" else ", for the plans begin at other dates or keep other calendars"
    return (
        f"{counted(manifest['iterations'], 'iteration')} of both plans on the same random numbers "
        f"({manifest['method']}, seed {manifest['seed']}). Differences are afterwards less before; those of dates in "
        f"{'working days of the project' if unit == 'working days' else 'calendar days'}{reason}."
    )


def measure_lines(measure: MeasureMovement, currency: str, width: int) -> list[str]:
    """Return the table of one measure of the project."""
    cells = [[measure.measure, *SIDES]]
    cells += [[LABELS[each.statistic], *movement_cells(measure, each, currency)] for each in measure.movements]
    return table(cells, width, (1, 2, 3), heading=True)


def target_lines(measures: Sequence[MeasureMovement], currency: str, width: int) -> list[str]:
    """Return the table of P80 of the finish of targets."""
    cells = [["P80 of finish", *SIDES]]
    cells += [[clean(each.target), *movement_cells(each, each.of("p80"), currency)] for each in measures]
    return table(cells, width, (1, 2, 3), heading=True)


def movement_cells(measure: MeasureMovement, movement: Movement, currency: str) -> list[str]:
    """Return both values, their difference and its interval."""
    if measure.measure == "cost":
        sides = [money(each, currency) for each in (movement.before, movement.after)]
    elif movement.before_instant is None:
        unit = "d" if measure.unit == "working days" else "days"
        sides = [days(each, unit=unit) for each in (movement.before, movement.after)]
    else:
        sides = [day(each) for each in (movement.before_instant, movement.after_instant)]
    if is_nothing(movement.difference, movement.ci_low, movement.ci_high):
        return [*sides, "none", ""]
    value, interval = difference_texts(measure, movement, currency)
    shown_interval = "" if movement.statistic == "plan" else interval
    return [*sides, value.removesuffix(f" {measure.unit}"), shown_interval]


def gate_lines(gates: Sequence[GateMovement], width: int) -> list[str]:
    """Return the table of gates."""
    cells = [["gate", "before", "after", "points", INTERVAL]]
    for gate in gates:
        value, interval = points(gate)
        sides = [chance(each.probability, each.gate.confidence) for each in (gate.before, gate.after)]
        cells.append([clean(gate.before.gate.name or gate.before.gate.id), *sides, value, interval])
    return table(cells, width, (1, 2, 3), heading=True)


def document(names: Names, result: Comparison, manifest: Mapping[str, Any]) -> dict[str, Any]:
    """Return the comparison as JSON has it."""
    return {
        "before": names[0],
        "after": names[1],
        **manifest,
        "alike": result.is_alike,
        "words": sentences(names, result, manifest),
        "differences": list(measure_documents(result.measures)),
        "gates": [gate_document(gate) for gate in result.gates],
        "gates_before": list(result.gates_before),
        "gates_after": list(result.gates_after),
    }


def measure_documents(measures: Iterable[MeasureMovement]) -> Iterator[dict[str, Any]]:
    """Yield what is changed of each statistic of each measure, as JSON has it."""
    for measure in measures:
        head = {"target": measure.target, "measure": measure.measure, "unit": measure.unit}
        yield from ({**head, **movement_document(movement)} for movement in measure.movements)


def movement_document(movement: Movement) -> dict[str, Any]:
    """Return one difference as JSON has it."""
    return {name: plain(value) for name, value in asdict(movement).items()}


def gate_document(gate: GateMovement) -> dict[str, Any]:
    """Return one gate as JSON has it."""
    return {
        "gate": gate.before.gate.id,
        "name": gate.before.gate.name,
        "same_question": gate.is_same_question,
        "before": answer_document(gate.before),
        "after": answer_document(gate.after),
        "difference": gate.difference,
        "ci_low": gate.ci_low,
        "ci_high": gate.ci_high,
    }


def answer_document(answer: GateAnswer) -> dict[str, Any]:
    """Return what one plan answers to a gate, as JSON has it."""
    return {
        "target": answer.target,
        "finish": None if answer.gate.finish is None else str(answer.gate.finish.astype("datetime64[s]")),
        "cost": answer.gate.cost,
        "confidence": answer.gate.confidence,
        "probability": answer.probability,
        "ci_low": answer.low,
        "ci_high": answer.high,
        "answer": answer.answer,
    }


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it."""
    return value.isoformat() if hasattr(value, "isoformat") else value
