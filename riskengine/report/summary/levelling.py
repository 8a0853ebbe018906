"""The part of a report about levelling: what waiting for resources costs, and which of them are short."""

import math
from typing import Any

from riskengine.report.reading import PROJECT, Row, rows, with_interval
from riskengine.report.text.intervals import bare_signed_days, signed_days, value_of
from riskengine.report.text.layout import paragraph, table
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import End, chance, day, days, estimate, in_hundred, is_nothing
from riskengine.results.run import RunRecord

SHOWN = {"deterministic": "plan", "mean": "mean", "p50": "P50", "p80": "P80", "p90": "P90"}
MOST = 5
"""Resources that are shown."""

Document = dict[str, Any]


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about levelling; none for a scenario without it."""
    levelling_rows = [row for row in rows(run, "levelling") if (row["target"], row["measure"]) == (PROJECT, "finish")]
    if not levelling_rows:
        return []
    lines = [["finish", "levelled", "without", "difference", "95% interval"]]
    for row in levelling_rows:
        values = [_value(row, which) for which in ("levelled", "unlevelled")]
        ends = (row["difference_ci_low"], row["difference_ci_high"])
        is_none = is_nothing(row["difference"], *ends)
        difference, spread = estimate(row["difference"], *ends, signed_days, bare_signed_days)
        if is_none or row["statistic"] == "deterministic":
            difference, spread = "0 d" if is_none else days(row["difference"], signed=True), ""
        lines.append([SHOWN[row["statistic"]], *values, difference, spread])
    note = (
        f"The same futures with and without waiting for resources, served by {levelling_rows[0]['rule']}; the rest of "
        "this page is with it. Source: levelling.arrow."
    )
    note_lines = paragraph(note, width, "  ")
    return ["Levelling", *table(lines, width, (3,), heading=True), *note_lines, *_resources(run, width)]


def _resources(run: RunRecord, width: int) -> list[str]:
    """The resources that are shortest: most is asked for over what there is, then those used most."""
    resources = sorted(rows(run, "resources"), key=lambda row: (-shortage(row), -row["use"], row["resource"]))[:MOST]
    if not resources:
        return []
    lines = [["resource", "units", "asked", "in use", "95% interval", "none free", "95% interval"]]
    for row in resources:
        units = [f"{row[name]:,.10g}" for name in ("capacity", "demand")]
        shares = [part for name in ("use", "full") for part in value_of(row, name, _share, _share)]
        lines.append([short(row["resource"]), *units, *shares])
    note = (
        "Units: as many as there are. Asked: at once, at the most, in the plan without levelling. In use, none free: "
        "over the time of the project, with levelling. In order of what is asked over the units there are. Source: "
        "resources.arrow."
    )
    ids_with_names = [(row["resource"], row["name"]) for row in resources]
    return ["", *named_table(lines, ids_with_names, width, (1, 2, 3, 5)), *paragraph(note, width, "  ")]


def _share(value: float, finer: int, end: End) -> str:
    return f"{in_hundred(value, None, 1 + finer, end)}%" if finer else chance(value, None, end)


def shortage(row: Row) -> float:
    """Demand over capacity; without any capacity whatever is asked for is short."""
    if row["capacity"] > 0.0:
        return float(row["demand"] / row["capacity"])
    return math.inf if row["demand"] > 0.0 else 0.0


def _value(row: Row, which: str) -> str:
    instant = row[f"{which}_instant"]
    return days(row[which]) if instant is None else day(instant)


def levelling_document(run: RunRecord) -> Document | None:
    """Return what ``--json`` says about levelling; None for a scenario without it."""
    levelling_rows = rows(run, "levelling")
    if not levelling_rows:
        return None
    named = list(dict.fromkeys(row["target"] for row in levelling_rows if row["target"] != PROJECT))
    return {
        "rule": levelling_rows[0]["rule"],
        "finish": _statistics(levelling_rows, PROJECT, "finish"),
        "cost": _statistics(levelling_rows, PROJECT, "cost"),
        "targets": [{"target": name, "finish": _statistics(levelling_rows, name, "finish")} for name in named],
        "resources": [_resource(row) for row in rows(run, "resources")],
    }


def _statistics(levelling_rows: list[Row], target: str, measure: str) -> Document:
    return {
        row["statistic"]: _compared(row)
        for row in levelling_rows
        if row["target"] == target and row["measure"] == measure
    }


def _compared(row: Row) -> Document:
    made: Document = {name: row[name] for name in ("levelled", "unlevelled")}
    made["difference"] = with_interval(row, "difference")
    for which in ("levelled", "unlevelled"):
        instant = row[f"{which}_instant"]
        if instant is not None:
            made[f"{which}_instant"] = instant.isoformat()
    return made


def _resource(row: Row) -> Document:
    made: Document = {name: row[name] for name in ("resource", "name", "capacity", "demand", "iterations")}
    return made | {name: with_interval(row, name) for name in ("use", "full")}
