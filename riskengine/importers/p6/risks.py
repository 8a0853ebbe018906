"""The risk register in an XER file: PROJRISK with the tasks of TASKRISK and the categories of RISKTYPE.

P6 keeps probabilities and impacts as ratings, VL to VH, in fixed scales. For probabilities these have numbers; for
impacts they have none, so that impacts are told in the description and left to the user.
"""

from collections import defaultdict
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from riskengine.importers.neutral import ImportedRisk, ImportedTask
from riskengine.importers.p6.fields import Fields
from riskengine.importers.p6.tables import Database, Row

PROBABILITIES: Final = MappingProxyType({"VH": 0.85, "H": 0.6, "M": 0.4, "L": 0.2, "VL": 0.05, "N": 0.0})
"""Middles of P6's own scale: 70 % or higher, 50 to 70, 30 to 50, 10 to 30, 10 % or lower."""

RATINGS: Final = MappingProxyType(
    {"VH": "very high", "H": "high", "M": "medium", "L": "low", "VL": "very low", "N": "negligible"}
)
STATUSES: Final = MappingProxyType(
    {
        "RS_PROPOSED": "proposed",
        "RS_OPEN": "open",
        "RS_ACTIVE": "active",
        "RS_REJECTED": "rejected",
        "RS_MANAGED": "managed",
        "RS_IMPACTED": "impacted",
        "RS_CLOSED": "closed",
    }
)
TEXTS: Final = (("risk_desc", ""), ("risk_descr", ""), ("risk_cause", "Cause: "), ("risk_effect", "Effect: "))
MARKUP_LIMIT: Final = 100_000


def risks_of(database: Database, project: str, tasks: Mapping[str, ImportedTask], fields: Fields) -> list[ImportedRisk]:
    """Return the risks of a project, in the order of the file."""
    categories = {row.get("risk_type_id"): row.get("risk_type") for row in database.rows("RISKTYPE")}
    owners = {row.get("rsrc_id"): row.get("rsrc_name") for row in database.rows("RSRC")}
    affected: dict[str, dict[str, None]] = defaultdict(dict)
    for row in database.rows("TASKRISK"):
        task = tasks.get(row.get("task_id"))
        if task is not None:
            affected[row.get("risk_id")][task.id] = None
    risks: list[ImportedRisk] = []
    for table in ("PROJRISK", "PRORISK"):
        for row in database.rows(table):
            if row.get("proj_id") in (project, ""):
                risk = _risk(row, fields, categories, owners)
                risk.tasks = list(affected.get(row.get("risk_id"), ()))
                risks.append(risk)
    return risks


def _risk(row: Row, fields: Fields, categories: Mapping[str, str], owners: Mapping[str, str]) -> ImportedRisk:
    """Return one risk, without the tasks that it hits."""
    key = row.get("risk_id")
    risk = ImportedRisk(row.get("risk_code") or key or f"line-{row.line}", row.get("risk_name"))
    risk.owner = owners.get(row.get("rsrc_id"), "")
    status = row.get("status_code").upper()
    risk.status = STATUSES.get(status, status.removeprefix("RS_").lower())
    risk.is_opportunity = "OPP" in row.get("risk_to_type").upper()
    risk.probability = _probability(row, fields, risk.id)
    parts = [lead + row.get(name)[:MARKUP_LIMIT] for name, lead in TEXTS if row.get(name)]
    if category := categories.get(row.get("risk_type_id")):
        parts.append(f"Category: {category}")
    ratings = [
        f"{name} {RATINGS.get(row.get(field).upper(), row.get(field))}"
        for name, field in (("schedule", "pre_rsp_schd_prblty"), ("cost", "pre_rsp_cost_prblty"))
        if row.get(field)
    ]
    if ratings:
        parts.append("Rated impact: " + ", ".join(ratings))
        fields.note("risks whose impacts are ratings without numbers: give their impacts in days and money", risk.id)
    if row.get("response_type") or row.get("response_text"):
        kind = row.get("response_type").removeprefix("RR_").lower()
        parts.append(f"Response: {' '.join(part for part in (kind, row.get('response_text')) if part)}")
    risk.description = "\n".join(parts)
    return risk


def _probability(row: Row, fields: Fields, name: str) -> float | None:
    """Return the probability before the response: a rating, or a percentage in files of P6 7 and before."""
    rating = row.get("pre_rsp_prblty").upper()
    if rating in PROBABILITIES:
        fields.note("risks with rated probabilities: the middles of the ratings of P6 were taken", name)
        return PROBABILITIES[rating]
    if rating:
        fields.note(f"a probability {rating[:20]!r} of a risk is not known and was left out", name)
        return None
    percent = fields.number(row, "prbly_pct")
    if percent is None:
        return None
    if not 0 <= percent <= 100:
        fields.fault("RE808", row, "prbly_pct", row.get("prbly_pct"))
        return None
    return percent / 100
