"""The part of a report about actions: which are in force, what they cost, and which risks are left out."""

from typing import Any

from riskengine.errors.counting import counted
from riskengine.report.reading import Row, finite, rows
from riskengine.report.text.layout import paragraph
from riskengine.report.text.naming import named_table, short
from riskengine.report.text.notation import chance, days, money
from riskengine.results.run import RunRecord

MOST = 5
"""Actions that are shown, and risks that are named."""

Document = dict[str, Any]


def section(run: RunRecord, width: int) -> list[str]:
    """Return the lines about actions and risks that are switched off; none for a scenario without either."""
    actions, lines = rows(run, "actions"), []
    if actions:
        lines += ["Actions", *_table(run, actions, width), *paragraph(_words(run, actions), width, "  ")]
    left_out = switched_off(run)
    return [*lines, *paragraph(left_out, width)] if left_out else lines


def switched_off(run: RunRecord) -> str:
    """Return the sentence about risks that are switched off, nothing where there are none."""
    actions = rows(run, "actions", ("in_force", "secondary_risks"))
    absent = {name for row in actions if not row["in_force"] for name in row["secondary_risks"].split(";")}
    off = [row["risk"] for row in rows(run, "risks", ("risk", "active")) if not row["active"]]
    names = [name for name in off if name not in absent]
    if not names:
        return ""
    named = ", ".join(short(name) for name in names[:MOST])
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    return f"{counted(len(names), 'risk is', 'risks are')} switched off: {named}{more}."


def _table(run: RunRecord, actions: list[Row], width: int) -> list[str]:
    currency = run.manifest["currency"]
    changes: dict[str, list[Row]] = {}
    for row in rows(run, "action_effects"):
        changes.setdefault(row["action"], []).append(row)
    ordered = sorted(actions, key=lambda row: (not row["in_force"], row["action"]))[:MOST]
    lines = [["action", "in force", "cost", "risk", "occurs", "mean delay"]]
    ids_with_names = []
    for row in ordered:
        head = [short(row["action"]), "yes" if row["in_force"] else "no", money(row["cost"], currency)]
        effects: list[Row | None] = [*changes.get(row["action"], [])[:MOST]]
        for effect in effects or [None]:
            lines.append([*head, *_change(effect)])
            ids_with_names.append((row["action"], row["name"]))
            head = ["", "", ""]
    return named_table(lines, ids_with_names, width, (2,))


def _change(effect: Row | None) -> list[str]:
    """Return the risk that an action changes, its probability and mean delay before and after."""
    if effect is None:
        return ["", "", ""]
    probability = f"{chance(effect['probability_before'])} to {chance(effect['probability_after'])}"
    return [short(effect["risk"]), probability, f"{days(effect['delay_before'])} to {days(effect['delay_after'])}"]


def _words(run: RunRecord, actions: list[Row]) -> str:
    active = [row for row in actions if row["in_force"]]
    price = money(sum(row["cost"] for row in active), run.manifest["currency"])
    if not active:
        return (
            "No action is in force; each line says what it would change. Source: actions.arrow, action_effects.arrow."
        )
    return (
        f"{counted(len(active), 'action')} of {len(actions)} in force, for {price}, which is part of the plan and no "
        "contingency. Each line says what an action changes by itself. Source: actions.arrow, action_effects.arrow."
    )


def actions_document(run: RunRecord) -> list[Document]:
    """Return what ``--json`` says about actions, none for a scenario without them."""
    changes: dict[str, list[Document]] = {}
    for row in rows(run, "action_effects"):
        effect = {name: value if name == "risk" else finite(value) for name, value in row.items() if name != "action"}
        changes.setdefault(row["action"], []).append(effect)
    names = ("action", "name", "owner", "in_force", "cost", "cost_mean", "chance", "task")
    return [
        {**{name: row[name] for name in names}, "effects": changes.get(row["action"], [])}
        for row in rows(run, "actions")
    ]
