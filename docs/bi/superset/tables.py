"""What the charts read: a statement of `queries/` each, and the type that each of its columns has in PostgreSQL."""

from pathlib import Path

QUERIES = Path(__file__).resolve().parent / "queries"
RUN = "run_key:TEXT scenario_key:TEXT project:TEXT status_date:DATE is_latest:BOOLEAN currency:TEXT"
COLUMNS = {
    "runs": f"""{RUN} name:TEXT decision:TEXT finish_plan:DATE chance_of_plan:FLOAT finish_p50:DATE finish_p80:DATE
        finish_p80_from:TIMESTAMP finish_p80_to:TIMESTAMP finish_days_p80:FLOAT days_since_last_status:FLOAT
        cost_plan:FLOAT cost_p50:FLOAT cost_p80:FLOAT cost_p80_ci_low:FLOAT cost_p80_ci_high:FLOAT""",
    "gates": f"""{RUN} gate:TEXT gate_name:TEXT gate_of_scenario:TEXT finish_date:DATE cost:FLOAT confidence:FLOAT
        probability:FLOAT ci_low:FLOAT ci_high:FLOAT margin:FLOAT answer:TEXT""",
    "risks": f"""{RUN} risk:TEXT risk_name:TEXT risk_of_scenario:TEXT kind:TEXT owner:TEXT active:BOOLEAN
        probability:FLOAT occurrence:FLOAT days_mean:FLOAT days_p80:FLOAT days_p80_ci_low:FLOAT days_p80_ci_high:FLOAT
        cost_mean:FLOAT cost_p80:FLOAT cost_p80_ci_low:FLOAT cost_p80_ci_high:FLOAT""",
    "tasks": f"""{RUN} task:TEXT task_name:TEXT team:TEXT owner:TEXT progress:TEXT finish_plan:DATE finish_p50:DATE
        finish_p80:DATE criticality:FLOAT criticality_ci_low:FLOAT criticality_ci_high:FLOAT float_p10:FLOAT
        ssi:FLOAT""",
    "percentiles": f"""{RUN} measure:TEXT percentile:FLOAT share:FLOAT label:TEXT value:FLOAT ci_low:FLOAT
        ci_high:FLOAT date:DATE""",
    "months": f"""{RUN} month_start:DATE deterministic_cost:FLOAT cost_mean:FLOAT deterministic_cumulative:FLOAT
        cumulative_p10:FLOAT cumulative_p50:FLOAT cumulative_p80:FLOAT""",
}
HEADINGS = {
    "scenario_key": "scenario",
    "finish_plan": "finish in the plan",
    "chance_of_plan": "chance of the plan",
    "finish_p50": "P50 finish",
    "finish_p80": "P80 finish",
    "finish_days_p80": "P80 in days from the start",
    "days_since_last_status": "days moved since the status before",
    "cost_p50": "P50 cost",
    "cost_p80": "P80 cost",
    "gate_name": "name",
    "finish_date": "finish by",
    "cost": "cost up to",
    "confidence": "asked",
    "probability": "chance",
    "ci_low": "from",
    "ci_high": "to",
    "margin": "beyond what is asked",
    "risk_name": "name",
    "occurrence": "share of iterations",
    "days_p80": "days at P80",
    "days_p80_ci_low": "days from",
    "days_p80_ci_high": "days to",
    "cost_p80_ci_low": "cost from",
    "cost_p80_ci_high": "cost to",
    "task_name": "name",
    "criticality_ci_low": "criticality from",
    "criticality_ci_high": "criticality to",
    "float_p10": "P10 of the float, days",
}
"""What stands above a column, where its own name would not do."""


def columns(table: str) -> dict[str, str]:
    """Return the type of each column that a statement answers with."""
    names_of_types = (pair.partition(":") for pair in COLUMNS[table].split())
    return {name: type_ for name, _, type_ in names_of_types}


def statement(table: str) -> str:
    """Return the statement itself."""
    return (QUERIES / f"{table}.sql").read_text(encoding="utf-8")
