"""What drives a run: sentences, tables for the terminal, and one JSON object."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from riskengine.analysis.drivers import Answer
from riskengine.errors.counting import counted
from riskengine.report.answers.comparison import bare_signed_money, bracketed, points_of
from riskengine.report.answers.driver_paths import path_document, path_lines
from riskengine.report.reading import PROJECT, Row, with_interval
from riskengine.report.text.intervals import bare_signed_days, money_of
from riskengine.report.text.layout import fits, paragraph, table
from riskengine.report.text.notation import UNKNOWN, chance, clean, estimate, money

Manifest = Mapping[str, Any]

SHOWN_OF_GATES: Final = 5
"""Inputs that people are shown of each gate, at the most."""
MEASURES: Final = ("finish", "cost")
OF_MEASURE: Final = ("low", "high", "swing", "rank_correlation", "variance_share")
OF_GATE: Final = ("chance_low", "chance_high", "change")
OF_TASK: Final = ("criticality", "ssi", "correlation", "cruciality_vanhoucke", "cruciality_nasa", "significance")


def rows_by(rows: list[Row], name: str) -> list[Row]:
    """Return the rows that move something in these iterations, those that do most first."""
    moving = [row for row in rows if row[name] is not None and row[name] != 0]
    return sorted(moving, key=lambda row: (-abs(row[name]), row["input"]))


def of_measure(answer: Answer, measure: str) -> list[Row]:
    """Return the inputs that move the finish or the cost, those that do most first."""
    return rows_by(answer.tables["drivers"].to_pylist(), f"{measure}_swing")


def of_gates(answer: Answer) -> dict[str, list[Row]]:
    """Return the inputs that move each gate, those that do most first."""
    rows: dict[str, list[Row]] = {}
    for row in answer.tables["driver_gates"].to_pylist():
        rows.setdefault(row["gate"], []).append(row)
    return {gate: rows_by(part, "change") for gate, part in rows.items()}


def name_of(row: Row) -> str:
    """Return what an input is called: ``bearing-late occurs``, ``design duration``, ``late delay on build``."""
    owner = row["risk"] or row["task"]
    if not owner or row["kind"] == "lag":
        return clean(row["input"])
    where = f" on {clean(row['task'])}" if row["risk"] and row["task"] else ""
    return f"{clean(owner)} {clean(row['quantity'])}{where}"


def sides_of(row: Row) -> tuple[str, str]:
    """Return in which iterations an input is low, and in which it is high, in words."""
    if row["kind"] == "risk":
        return f"without {clean(row['risk'])}", f"with {clean(row['risk'])}"
    if row["kind"] == "existence":
        return f"without {clean(row['task'])}", f"with {clean(row['task'])}"
    return f"with the lowest tenth of {name_of(row)}", "with its highest"


def sentences(answer: Answer, manifest: Manifest) -> list[str]:
    """Return what moves the finish, the cost and each gate most, a sentence each."""
    whose = "finish" if answer.target == PROJECT else f"finish of {clean(answer.target)}"
    lines = [measure_words(of_measure(answer, "finish"), "finish", whose, manifest["currency"])]
    costs = of_measure(answer, "cost")
    if costs:
        lines.append(measure_words(costs, "cost", "cost", manifest["currency"]))
    return lines + [gate_words(gate, rows) for gate, rows in of_gates(answer).items()]


def measure_words(rows: Sequence[Row], measure: str, whose: str, currency: str) -> str:
    """Return what moves a mean most: ``The mean finish is 32.9 d [31, 35] later with ... than without``."""
    if not rows:
        return f"Nothing that is drawn moves the {whose}."
    row = rows[0]
    value, interval = swing_texts(row, measure, currency)
    low, high = sides_of(row)
    share = row[f"{measure}_variance_share"]
    explained = "" if share is None else f" It explains {chance(share)} of the variance by itself."
    unit = " working days" if measure == "finish" else ""
    return f"The mean {whose} moves by {value}{unit} {interval} from the iterations {low} to those {high}.{explained}"


def gate_words(gate: str, rows: Sequence[Row]) -> str:
    """Return what moves the chance of a gate most."""
    if not rows:
        return f"Nothing that is drawn moves gate {clean(gate)}."
    low, high = sides_of(rows[0])
    chances = [chance(rows[0][name]) for name in ("chance_low", "chance_high")]
    return f"Gate {clean(gate)} is passed in {chances[0]} of the iterations {low}, and in {chances[1]} of those {high}."


def swing_texts(row: Row, measure: str, currency: str) -> tuple[str, str]:
    """Return a swing without its unit of time, but with its currency, and its interval in brackets."""
    value, low, high = (row[f"{measure}_swing{end}"] for end in ("", "_ci_low", "_ci_high"))
    if measure == "cost":
        return estimate(value, low, high, money_of(currency, is_signed=True), bare_signed_money, joined=bracketed)
    return estimate(value, low, high, bare_signed_days, bare_signed_days, joined=bracketed)


def render(answer: Answer, manifest: Manifest, width: int, top: int) -> str:
    """Return sentences and tables for people."""
    lines: list[str] = []
    for sentence in sentences(answer, manifest):
        lines += paragraph(sentence, width)
    for measure in MEASURES:
        rows = of_measure(answer, measure)[:top]
        if rows:
            lines += ["", *measure_lines(rows, measure, manifest["currency"], width)]
    for gate, rows in of_gates(answer).items():
        if rows:
            lines += ["", *gate_lines(gate, rows[: min(top, SHOWN_OF_GATES)], width)]
    tasks = answer.tables["driver_tasks"].to_pylist()[:top]
    if tasks:
        lines += ["", *task_lines(tasks, width)]
    lines += path_lines(answer, width, top)
    return "\n".join([*lines, "", *paragraph(footnote(answer, manifest), width)])


def footnote(answer: Answer, manifest: Manifest) -> str:
    """Return how it was computed, and what the columns are."""
    part = "" if answer.iterations == manifest["iterations"] else f", the first of {manifest['iterations']:,}"
    return (
        f"{counted(answer.iterations, 'iteration')}{part} ({manifest['method']}, seed {manifest['seed']}). "
        "Low and high: how much the mean differs from that of all iterations where the input is in its lowest and in "
        "its highest tenth, or does not happen and does; swing: the high less the low, with its 95% interval. Rank: "
        "Spearman's correlation. Share: of the variance, explained by the input alone. Days are working days of the "
        "project. Of tasks: cruciality as Vanhoucke has it is the correlation of duration and finish without its "
        "sign, as NASA has it the criticality times that correlation. Merge: how much later the latest start that is "
        "asked for is, on average, than the latest of their averages, in working days of the task."
    )


def measure_lines(rows: Sequence[Row], measure: str, currency: str, width: int) -> list[str]:
    """Return the table of the inputs that move the finish or the cost."""
    cells = [[f"moves the {measure}", "low", "high", "swing", "95% interval", "rank", "share"]]
    for row in rows:
        value, interval = swing_texts(row, measure, currency)
        sides = [side_text(row[f"{measure}_{side}"], measure) for side in ("low", "high")]
        rank, share = row[f"{measure}_rank_correlation"], row[f"{measure}_variance_share"]
        cells.append([name_of(row), *sides, value, interval, number_text(rank), chance(share)])
    if measure == "cost" and not fits(cells, width):  # the swing says it, and money is long
        return table([[row[0], *row[3:]] for row in cells], width, (1, 3, 4), heading=True)
    return table(cells, width, (1, 2, 3, 5, 6), heading=True)


def side_text(value: float | None, measure: str) -> str:
    """Return how much a mean differs, without its unit."""
    if value is None:
        return UNKNOWN
    return bare_signed_days(value, 0, "") if measure == "finish" else money(value, "", True)


def number_text(value: float | None) -> str:
    """Return an index or a correlation."""
    return UNKNOWN if value is None else f"{value:.2f}"


def gate_lines(gate: str, rows: Sequence[Row], width: int) -> list[str]:
    """Return the table of the inputs that move the chance of a gate."""
    cells = [[f"moves gate {clean(gate)}", "low", "high", "points", "95% interval"]]
    for row in rows:
        change, interval = points_of(*(row[f"change{end}"] for end in ("", "_ci_low", "_ci_high")))
        cells.append([name_of(row), *(chance(row[side]) for side in ("chance_low", "chance_high")), change, interval])
    return table(cells, width, (1, 2, 3), heading=True)


def task_lines(rows: Sequence[Row], width: int) -> list[str]:
    """Return the table of the tasks."""
    cells = [["task", "critical", "SSI", "Vanhoucke", "NASA", "significance"]]
    for row in rows:
        numbers = [
            number_text(row[name]) for name in ("ssi", "cruciality_vanhoucke", "cruciality_nasa", "significance")
        ]
        cells.append([clean(row["task"]), chance(row["criticality"]), *numbers])
    return table(cells, width, (1, 2, 3, 4, 5), heading=True)


def document(answer: Answer, manifest: Manifest, top: int) -> dict[str, Any]:
    """Return the answer as JSON has it."""
    return {
        **manifest,
        "target": answer.target,
        "drivers_iterations": answer.iterations,
        "words": sentences(answer, manifest),
        "inputs": answer.tables["drivers"].num_rows,
        **{
            measure: [input_document(row, measure) for row in of_measure(answer, measure)[:top]] for measure in MEASURES
        },
        "gates": [
            {"gate": gate, "inputs": [gate_document(row) for row in rows[:top]]}
            for gate, rows in of_gates(answer).items()
        ],
        "tasks": [task_document(row) for row in answer.tables["driver_tasks"].to_pylist()[:top]],
        **path_document(answer, top),
    }


def about(row: Row) -> dict[str, Any]:
    """Return what an input is, as JSON has it."""
    return {name: row[name] for name in ("input", "kind", "quantity", "risk", "task")}


def input_document(row: Row, measure: str) -> dict[str, Any]:
    """Return what an input does to the finish or the cost, as JSON has it."""
    return {
        **about(row),
        "correlated": row["is_correlated"],
        "low_iterations": row["low_iterations"],
        "high_iterations": row["high_iterations"],
        **{name: with_interval(row, f"{measure}_{name}") for name in OF_MEASURE},
    }


def gate_document(row: Row) -> dict[str, Any]:
    """Return what an input does to a gate, as JSON has it."""
    return {**about(row), **{name: with_interval(row, name) for name in OF_GATE}}


def task_document(row: Row) -> dict[str, Any]:
    """Return how a task goes with the finish, as JSON has it."""
    return {"task": row["task"], "name": row["name"], **{name: with_interval(row, name) for name in OF_TASK}}
