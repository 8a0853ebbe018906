"""Many runs side by side: the portfolio of a batch for the terminal, and as a JSON object."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from riskengine.errors.counting import counted
from riskengine.report.reading import Row
from riskengine.report.summary.words import ANSWERS, DECISIONS
from riskengine.report.text.layout import NARROWEST_NAME, fits, paragraph, table
from riskengine.report.text.notation import UNKNOWN, clean, day, fit, in_hundred, last_day, money
from riskengine.results.tables.batch_rows import plain_row

NAME_WIDTH: Final = 28
HEADINGS: Final = {
    "scenario": "scenario",
    "project": "project",
    "p50": "finish P50",
    "p80": "finish P80",
    "slack": "P80 slack",
    "cost": "cost P80",
    "gate": "gate",
    "chance": "chance",
    "decision": "decision",
    "driver": "top driver",
}
RIGHT: Final = ("slack", "cost")
LEFT_OUT_IN_TURN: Final = ("p50", "project", "slack", "gate")
"""Columns that go where the terminal is too narrow for all of them, the first one first."""
LEFT_OUT_AT_LAST: Final = ("driver", "cost")
"""And those that go after the interval of the chance."""

Cells = dict[str, str]


def worst(rows: Sequence[Row]) -> str | None:
    """The worst decision of the batch; None where nothing was decided."""
    decisions = {row.get("decision") for row in rows}
    return next((answer for answer in ("no-go", "undecided", "go") if answer in decisions), None)


def totals(rows: Sequence[Row]) -> dict[str, int]:
    """How many scenarios there are, how many of each outcome, and how many of all were not simulated again."""
    outcomes = [outcome(row) for row in rows]
    names = ("go", "no-go", "undecided", "without gates", "refused", "failed")
    counts = {name.replace(" ", "_"): outcomes.count(name) for name in names}
    return {"scenarios": len(rows), **counts, "unchanged": sum(bool(row.get("is_unchanged")) for row in rows)}


def outcome(row: Row) -> str:
    """What became of a scenario: its decision, ``without gates``, ``refused`` or ``failed``."""
    if row["status"] != "done":
        return str(row["status"])
    return str(row["decision"] or "without gates")


def totals_in_words(rows: Sequence[Row]) -> str:
    """The totals as people say them: ``60 scenarios: 22 GO, 36 NO-GO, 2 refused``."""
    counts = totals(rows)
    parts = [
        f"{count} {DECISIONS.get(name, name.replace('_', ' '))}"
        for name, count in counts.items()
        if count and name not in ("scenarios", "unchanged")
    ]
    unchanged = f"; {counts['unchanged']} unchanged" if counts["unchanged"] else ""
    return f"{counted(len(rows), 'scenario')}: {', '.join(parts)}{unchanged}" if rows else "no scenario"


def render(rows: Sequence[Row], width: int) -> str:
    """The table of the scenarios for people, and a line for each that has no results."""
    done = [row for row in rows if row["status"] == "done"]
    lines = _lines(done, width) if done else []
    for row in rows:
        if row["status"] != "done":
            lines += paragraph(f"{clean(row['scenario'])} {row['status']}: {clean(row['message'])}", width, "  ")
    return "\n".join(lines)


def _lines(done: Sequence[Row], width: int) -> list[str]:
    """The table, with the name of each scenario's results folder first: that one is unique, project names are not.

    What does not fit goes in this order: the P50, the project, the slack and the gate's name with the end of the
    driver, the interval of the chance, the driver and the cost, the end of the scenario's name where rows can still be
    told apart, and at last the columns, which are then set below one another.
    """
    lines = [HEADINGS, *(line for row in done for line in _scenario_lines(row))]
    names = list(HEADINGS)
    for left_out in (None, *LEFT_OUT_IN_TURN):
        names = [name for name in names if name != left_out]
        for room in range(NAME_WIDTH, (NARROWEST_NAME if left_out else NAME_WIDTH) - 1, -1):
            cells = _picked(lines, names, room)
            if fits(cells, width):
                return _laid_out(cells, names, width)
    bare = [{**line, "chance": line["chance"].partition(" (")[0]} for line in lines]
    for left_out in (None, *LEFT_OUT_AT_LAST):
        names = [name for name in names if name != left_out]
        for room in (NAME_WIDTH, NARROWEST_NAME):
            cells = _picked(bare, names, room)
            if fits(cells, width):
                return _laid_out(cells, names, width)
    keys = list(dict.fromkeys(line["scenario"] for line in bare[1:]))
    for room in range(max(map(len, keys)), NARROWEST_NAME - 1, -1):
        if len({fit(key, room) for key in keys}) < len(keys):
            break
        cut = [bare[0], *({**line, "scenario": fit(line["scenario"], room)} for line in bare[1:])]
        cells = _picked(cut, names, NARROWEST_NAME)
        if fits(cells, width):
            return _laid_out(cells, names, width)
    return table(_picked(lines, [*HEADINGS], NAME_WIDTH), width, heading=True, names=())


def _scenario_lines(row: Row) -> Iterator[Cells]:
    """The lines of a scenario: its own with the weakest gate, which decides, and one for each other gate."""
    gates = {gate["gate"]: gate for gate in row.get("gates", ())}
    weakest = gates.pop(row.get("gate"), None)
    yield {
        "scenario": clean(row["scenario_key"]),
        "project": fit(clean(row["name"]), NAME_WIDTH).rstrip(),
        "p50": day(row["finish_p50"]),
        "p80": day(row["finish_p80"]),
        "slack": _slack(row.get("slack_p80")),
        "cost": money(row["cost_p80"], row["currency"]) if row.get("has_cost", True) else UNKNOWN,
        "gate": _gate_name(weakest),
        "chance": _chance(weakest),
        "decision": DECISIONS.get(row["decision"], UNKNOWN),
        "driver": clean(row.get("driver") or UNKNOWN),
    }
    for gate in gates.values():
        yield dict.fromkeys(HEADINGS, "") | {
            "scenario": f"  {clean(gate['gate'])}",
            "slack": _slack(gate["slack_p80"]),
            "gate": _gate_name(gate),
            "chance": _chance(gate),
            "decision": ANSWERS[gate["answer"]],
        }


def _slack(value: float | None) -> str:
    """Days between a percentile and what was promised, whole ones: ``-17 days``."""
    return UNKNOWN if value is None else f"{round(value):+,d} days"


def _gate_name(gate: Row | None) -> str:
    return UNKNOWN if gate is None else fit(clean(gate["name"] or gate["gate"]), NAME_WIDTH).rstrip()


def _chance(gate: Row | None) -> str:
    """The chance of a gate in percent, with its interval: ``62% (60-64)``."""
    if gate is None:
        return UNKNOWN
    wish, is_exact = gate["confidence"], gate["ci_low"] == gate["ci_high"]
    low = in_hundred(gate["ci_low"], wish, end="" if is_exact else "low")
    high = in_hundred(gate["ci_high"], wish, end="" if is_exact else "high")
    return f"{in_hundred(gate['probability'], wish)}% ({low}-{high})"


def _picked(lines: Sequence[Cells], names: Sequence[str], driver_room: int) -> list[tuple[str, ...]]:
    return [
        tuple(fit(line[name], driver_room).rstrip() if name == "driver" else line[name] for name in names)
        for line in lines
    ]


def _laid_out(cells: Sequence[tuple[str, ...]], names: Sequence[str], width: int) -> list[str]:
    return table(cells, width, [names.index(name) for name in RIGHT if name in names], heading=True)


def document(rows: Sequence[Row], listed_rows: Sequence[Row] | None = None) -> dict[str, Any]:
    """The portfolio as a JSON object.

    Parameters
    ----------
    rows : sequence of dict
        Every scenario of the batch: ``decision``, the worst one, and ``totals`` are of all of them.
    listed_rows : sequence of dict, optional
        Those that ``scenarios`` lists, in their order; all where they are left out.
    """
    listed = rows if listed_rows is None else listed_rows
    return {"decision": worst(rows), "totals": totals(rows), "scenarios": [_plain(row) for row in listed]}


def _plain(row: Row) -> Row:
    plain = plain_row(row)
    for percent in ("p50", "p80"):
        value = row.get(f"finish_{percent}")
        plain[f"finish_{percent}_date"] = None if value is None else last_day(value).isoformat()
    plain["is_unchanged"] = bool(row.get("is_unchanged"))
    return plain
