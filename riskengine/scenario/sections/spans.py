"""Levels of effort and summaries: whether they have anything to span."""

from collections.abc import Collection, Mapping
from typing import Any

from riskengine.model.selector import wbs_levels
from riskengine.model.task import SPANS
from riskengine.scenario.text.faults import Faults


def span_ids(tables: Mapping[str, Any]) -> frozenset[str]:
    """Return the ids of tasks whose dates follow those of others."""
    return frozenset(key for key, table in tables.items() if is_span(table))


def is_span(table: object) -> bool:
    """Return whether a table is that of a task whose dates follow those of others."""
    return isinstance(table, dict) and "type" in table and isinstance(table["type"], str) and table["type"] in SPANS


def check_spans(tables: Mapping[str, Any], followed: Collection[str], faults: Faults) -> None:
    """Report levels of effort without relationships, and summaries with nothing below them.

    Parameters
    ----------
    tables : mapping
        Tasks of the document, faulty ones too, so that one fault hides no other.
    followed : collection of str
        Tasks that others name as predecessors.
    faults : Faults
    """
    spans = span_ids(tables)
    if not spans:
        return
    codes: set[str] = set()
    for key, table in tables.items():
        code = table.get("wbs") if isinstance(table, dict) and key not in spans else None
        if isinstance(code, str):
            codes.update(wbs_levels(code))
    for key in sorted(spans):
        table = tables[key]
        if table["type"] == "level of effort":
            if not table.get("after") and key not in followed:
                faults.add("RE247", ("tasks", key))
        elif not table.get("wbs"):
            faults.add("RE248", ("tasks", key), rule="a summary must have a wbs code")
        elif isinstance(table["wbs"], str) and table["wbs"] not in codes:
            rule = f"no task lies at or below the wbs code of the summary, {table['wbs']}"
            faults.add("RE248", ("tasks", key, "wbs"), table["wbs"], rule=rule)
