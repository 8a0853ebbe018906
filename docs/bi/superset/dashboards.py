"""The four dashboards: their charts in rows, and what the reader chooses."""

from dataclasses import dataclass

from charts import MONEY, SHARE, Chart, bars, lines, measure, table


@dataclass(frozen=True)
class Dashboard:
    """A dashboard: rows of charts, and the column that its filter chooses by; one value of it, or any number."""

    key: str
    title: str
    says: str
    rows: tuple[tuple[Chart, ...], ...]
    choice: str
    is_one: bool


GATES = "gate gate_name confidence probability ci_low ci_high margin answer finish_date cost currency"
PORTFOLIO = Dashboard(
    "portfolio",
    "Risk: portfolio",
    "Every scenario at its last status.",
    (
        (
            bars(
                "portfolio-decisions", "Decisions", "runs", "decision",
                value=measure("COUNT(*)", "scenarios"), where="is_latest", format_=",d",
            ),
            bars(
                "portfolio-drivers", "What adds most days to P80, over all scenarios", "risks", "risk_of_scenario",
                value=measure("MAX(days_p80)", "days at P80"),
                where="is_latest AND days_p80 IS NOT NULL", format_=".1f",
            ),
        ),
        (
            table(
                "portfolio-runs", "Scenarios at their last status", "runs",
                "scenario_key name status_date decision finish_plan chance_of_plan finish_p50 finish_p80"
                " days_since_last_status cost_p50 cost_p80 currency",
                order="scenario_key",
            ),
        ),
        (
            table(
                "portfolio-gates", "Gates, the farthest from what is asked first", "gates",
                f"scenario_key {GATES}", order="margin",
            ),
        ),
    ),
    "project",
    is_one=False,
)  # fmt: skip
PROJECT = Dashboard(
    "project",
    "Risk: project",
    "One scenario at its last status.",
    (
        (
            lines(
                "project-finish", "Chance of finishing by a day", "percentiles", "date",
                values=[measure("MAX(share)", "chance")], where="is_latest AND measure = 'finish'", format_=".0%",
            ),
            lines(
                "project-cost", "Chance of costing at most this much", "percentiles", "value",
                values=[measure("MAX(share)", "chance")], where="is_latest AND measure = 'cost'", format_=".0%",
                axis_format=MONEY,
            ),
        ),
        (table("project-gates", "Gates", "gates", GATES, order="margin", height=36),),
        (
            lines(
                "project-spending", "Spent until the end of each month", "months", "month_start",
                values=[
                    measure("MAX(cumulative_p10)", "P10"),
                    measure("MAX(cumulative_p50)", "P50"),
                    measure("MAX(cumulative_p80)", "P80"),
                    measure("MAX(deterministic_cumulative)", "plan"),
                ],
                where="is_latest",
            ),
        ),
        (
            table(
                "project-tasks", "Tasks, the most critical first", "tasks",
                "task task_name team owner progress finish_plan finish_p50 finish_p80 criticality criticality_ci_low"
                " criticality_ci_high float_p10",
                order="-criticality",
            ),
        ),
    ),
    "scenario_key",
    is_one=True,
)  # fmt: skip
RISKS = Dashboard(
    "risks",
    "Risk: risks",
    "The risks of one scenario at its last status.",
    (
        (
            bars(
                "risks-days", "Days that each risk adds to P80", "risks", "risk",
                value=measure("MAX(days_p80)", "days at P80"),
                where="is_latest AND days_p80 IS NOT NULL", format_=".1f",
            ),
            bars(
                "risks-money", "Money that each risk adds to P80", "risks", "risk",
                value=measure("MAX(cost_p80)", "cost at P80"),
                where="is_latest AND cost_p80 IS NOT NULL", format_=MONEY,
            ),
        ),
        (
            table(
                "risks-register", "Register", "risks",
                "risk risk_name kind owner active probability occurrence days_p80 days_p80_ci_low days_p80_ci_high"
                " cost_p80 cost_p80_ci_low cost_p80_ci_high currency",
                order="-days_p80",
            ),
        ),
    ),
    "scenario_key",
    is_one=True,
)  # fmt: skip
HISTORY = Dashboard(
    "history",
    "Risk: history",
    "One scenario from status to status; days count from the start of the project at each of them.",
    (
        (
            lines(
                "history-finish", "Finish, in working days from the start", "percentiles", "status_date",
                values=[measure("MAX(value)", "days")], by="label",
                where="measure = 'finish' AND percentile IN (10, 50, 80, 90)", format_=".1f",
            ),
            lines(
                "history-cost", "Cost", "percentiles", "status_date",
                values=[measure("MAX(value)", "cost")], by="label",
                where="measure = 'cost' AND percentile IN (10, 50, 80, 90)",
            ),
        ),
        (
            lines(
                "history-gates", "Chance of each gate", "gates", "status_date",
                values=[measure("MAX(probability)", "chance")], by="gate", format_=SHARE,
            ),
        ),
        (
            table(
                "history-runs", "Status by status", "runs",
                "status_date decision finish_plan chance_of_plan finish_p50 finish_p80 finish_days_p80"
                " days_since_last_status cost_p50 cost_p80 currency",
                order="status_date", where="", height=36,
            ),
        ),
    ),
    "scenario_key",
    is_one=True,
)  # fmt: skip
DASHBOARDS = (PORTFOLIO, PROJECT, RISKS, HISTORY)
